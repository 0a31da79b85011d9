package dev.nightjar.daemon.folder;

import dev.nightjar.model.Workflow;
import dev.nightjar.model.WorkflowReader;
import dev.nightjar.model.diagnostic.Diagnostic;
import dev.nightjar.model.diagnostic.Diagnostics;
import dev.nightjar.model.diagnostic.Place;
import dev.nightjar.model.diagnostic.SourceText;
import dev.nightjar.model.options.Catalog;
import dev.nightjar.model.yaml.YamlNode;
import dev.nightjar.model.yaml.YamlReader;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file's text, checked with the plugins of one generation.
 *
 * @param digest SHA-256 of the text
 * @param workflow null when there are mistakes
 * @param other whether it is YAML and plainly meant for somebody else: it has neither {@code name}
 *     nor {@code steps}
 */
record CheckedText(
    SourceText source,
    String digest,
    @Nullable Workflow workflow,
    List<Diagnostic> diagnostics,
    boolean other) {

  static CheckedText of(SourceText source, Path file, Catalog catalog) {
    return of(source, Sha256.of(source.text()), file, catalog);
  }

  private static CheckedText of(SourceText source, String digest, Path file, Catalog catalog) {
    var found = new Diagnostics();
    Workflow workflow = WorkflowReader.read(source, file, catalog, found);
    boolean other = workflow == null && isOther(source);
    return new CheckedText(source, digest, workflow, found.sorted(), other);
  }

  private static boolean isOther(SourceText source) {
    return switch (YamlReader.read(source, new Diagnostics())) {
      case null -> false;
      case YamlNode.Mapping map -> map.get("name") == null && map.get("steps") == null;
      case YamlNode.Sequence list -> true;
      case YamlNode.Scalar scalar -> true;
    };
  }

  /** The same text with other plugins. */
  CheckedText again(Path file, Catalog catalog) {
    return of(source, digest, file, catalog);
  }

  /** Where the workflow's name is written. */
  Place namePlace() {
    YamlNode name =
        YamlReader.read(source, new Diagnostics()) instanceof YamlNode.Mapping map
            ? map.get("name")
            : null;
    return name == null ? new Place(source, 0, 0) : name.place();
  }
}
