package dev.nightjar.model.options;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The processors that are installed, by name. */
public final class Catalog {

  private final List<PluginDeclaration> plugins;
  private final SortedMap<String, ProcessorDeclaration> processors = new TreeMap<>();

  /**
   * The catalog of these plugins.
   *
   * @throws IllegalArgumentException when two declare one name
   */
  public Catalog(List<PluginDeclaration> plugins) {
    this.plugins = List.copyOf(plugins);
    for (PluginDeclaration plugin : plugins) {
      for (ProcessorDeclaration processor : plugin.processors()) {
        if (processors.put(processor.name(), processor) != null) {
          throw new IllegalArgumentException(
              "two plugins declare the processor `" + processor.name() + "`");
        }
      }
    }
  }

  public @Nullable ProcessorDeclaration processor(String name) {
    return processors.get(name);
  }

  /** All names, sorted. */
  public Collection<ProcessorDeclaration> processors() {
    return Collections.unmodifiableCollection(processors.values());
  }

  public List<PluginDeclaration> plugins() {
    return plugins;
  }
}
