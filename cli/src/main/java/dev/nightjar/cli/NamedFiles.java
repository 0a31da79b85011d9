package dev.nightjar.cli;

import dev.nightjar.daemon.folder.WorkflowFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The workflow files that were named, alone or by their folders. */
final class NamedFiles {

  static final Syntax.Operand OPERAND =
      new Syntax.Operand(
          "FILE|FOLDER", true, "A workflow file, or a folder of *.yaml and *.yml at any depth.");

  private NamedFiles() {}

  /**
   * The files in the order named, those of a folder as {@link WorkflowFiles} finds them.
   *
   * @throws WrongUsage when a folder has none or cannot be read
   */
  static List<Path> find(List<String> names) {
    List<Path> files = new ArrayList<>();
    for (String name : names) {
      Path path = Plugins.path("FILE|FOLDER", name);
      if (Files.isDirectory(path)) {
        files.addAll(below(path));
      } else {
        files.add(path);
      }
    }
    return files;
  }

  private static List<Path> below(Path folder) {
    List<Path> found;
    try {
      found = WorkflowFiles.below(folder);
    } catch (IOException e) {
      throw new WrongUsage("the folder `" + folder + "` cannot be read: " + e.getMessage());
    }
    if (found.isEmpty()) {
      throw new WrongUsage("there is no *.yaml or *.yml in `" + folder + "`");
    }
    return found;
  }
}
