package dev.nightjar.stage.plugin;

import dev.nightjar.model.options.Catalog;
import dev.nightjar.spi.Processor;
import java.util.List;

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

  /**
   * What makes a processor's code: the plugin it comes from, and those this one depends on.
   *
   * @throws PluginException when there is none, or its jar cannot be read
   */
  List<PluginVersion> versions(String name);
}
