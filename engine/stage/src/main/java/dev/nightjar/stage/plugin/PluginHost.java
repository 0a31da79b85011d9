package dev.nightjar.stage.plugin;

import dev.nightjar.model.options.Catalog;
import dev.nightjar.spi.Processor;
import java.nio.file.Path;
import java.util.List;

/**
 * The plugins of one folder. Opening reads declarations alone; a plugin's classes are loaded when a
 * processor of it is first asked for, from a copy of its jar.
 */
public final class PluginHost implements AutoCloseable {

  private PluginHost() {}

  /**
   * Reads the declarations of every jar in a folder.
   *
   * @param copies where jars are copied before they are loaded
   * @throws PluginException naming the jar and what is wrong with it
   */
  public static PluginHost open(Path folder, Path copies) {
    throw new UnsupportedOperationException();
  }

  public Catalog catalog() {
    throw new UnsupportedOperationException();
  }

  /** The jars in the order of their names. */
  public List<Path> jars() {
    throw new UnsupportedOperationException();
  }

  /**
   * The processor of this name.
   *
   * @throws PluginException when its plugin cannot be loaded
   */
  public Processor<?> processor(String name) {
    throw new UnsupportedOperationException();
  }

  /** Unloads what was loaded and removes the copies. */
  @Override
  public void close() {
    throw new UnsupportedOperationException();
  }
}
