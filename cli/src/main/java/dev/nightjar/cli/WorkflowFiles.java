package dev.nightjar.cli;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/** Finds the workflow files that were named, alone or by their folders. */
final class WorkflowFiles {

  static final Syntax.Operand OPERAND =
      new Syntax.Operand(
          "FILE|FOLDER", true, "A workflow file, or a folder of *.yaml and *.yml at any depth.");

  private WorkflowFiles() {}

  /**
   * The files in the order named, those of a folder sorted; hidden folders are left out, links to
   * folders not followed.
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
    List<Path> found = new ArrayList<>();
    try {
      Files.walkFileTree(folder, new Search(folder, found));
    } catch (IOException e) {
      throw new WrongUsage("the folder `" + folder + "` cannot be read: " + e.getMessage());
    }
    if (found.isEmpty()) {
      throw new WrongUsage("there is no *.yaml or *.yml in `" + folder + "`");
    }
    found.sort(null);
    return found;
  }

  private static final class Search extends SimpleFileVisitor<Path> {

    private final Path start;
    private final List<Path> found;

    Search(Path start, List<Path> found) {
      this.start = start;
      this.found = found;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      Path name = folder.getFileName();
      boolean hidden = name != null && name.toString().startsWith(".") && !folder.equals(start);
      return hidden ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      String name = String.valueOf(file.getFileName());
      if (!name.startsWith(".") && (name.endsWith(".yaml") || name.endsWith(".yml"))) {
        found.add(file);
      }
      return FileVisitResult.CONTINUE;
    }
  }
}
