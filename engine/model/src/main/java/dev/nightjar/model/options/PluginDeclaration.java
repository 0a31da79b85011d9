package dev.nightjar.model.options;

import java.io.InputStream;
import java.util.List;

/** What one plugin declares. */
public record PluginDeclaration(
    String id, String version, String description, List<ProcessorDeclaration> processors) {

  /** Where a plugin's jar holds the declarations of its processors. */
  public static final String FILE = "META-INF/nightjar/processors.json";

  public PluginDeclaration {
    processors = List.copyOf(processors);
  }

  /**
   * What a plugin's {@value #FILE} declares.
   *
   * @param json the file's bytes; left open
   * @throws IllegalArgumentException saying what is wrong with the file: it is broken, or made for
   *     an engine that is newer than this one
   * @throws java.io.UncheckedIOException when it cannot be read
   */
  public static PluginDeclaration read(
      String id, String version, String description, InputStream json) {
    return new PluginDeclaration(id, version, description, DeclarationFile.read(json));
  }
}
