package dev.nightjar.stage.plugin;

import dev.nightjar.model.options.Catalog;
import dev.nightjar.spi.Processor;

/** Where the engine takes its processors from: a folder of plugins, or instances at hand. */
public interface Processors {

  /** What they declare. */
  Catalog catalog();

  /**
   * The processor of this name; one instance serves every step that uses it.
   *
   * @throws PluginException when there is none, or its plugin cannot be loaded
   */
  Processor<?> processor(String name);
}
