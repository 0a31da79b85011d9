package dev.nightjar.runtime.cache;

import dev.nightjar.stage.Segments;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * What lies where the options of a step point to.
 *
 * <p>A file is told by its contents. A folder stands for all files below it. A path with a pattern
 * in it stands for all files below the folder before the first name that holds one, as deep as the
 * pattern may reach: which of them it means, the processor alone knows. Names that begin with a dot
 * count where the pattern asks for such names.
 */
public final class NamedFiles {

  /** What begins a pattern in the plugins that have them. */
  private static final String PATTERN = "*?[{";

  private NamedFiles() {}

  /** How a file is told from what it was. */
  public enum Look {
    /** SHA-256 of its bytes. */
    CONTENTS,
    /** Size, time of change and number on the disk: for what is too much to be read twice. */
    STAMP
  }

  /** The paths that options hold, at any depth, in the order of their declarations. */
  public static List<Path> in(Record options) {
    var paths = new ArrayList<Path>();
    collect(options, paths);
    return paths;
  }

  private static void collect(@Nullable Object value, List<Path> paths) {
    switch (value) {
      case Path path -> paths.add(path);
      case Collection<?> items -> items.forEach(item -> collect(item, paths));
      case Map<?, ?> entries -> entries.values().forEach(item -> collect(item, paths));
      case Record inner when !inner.getClass().getName().startsWith("dev.nightjar.stage.") -> {
        for (RecordComponent component : inner.getClass().getRecordComponents()) {
          collect(component(inner, component), paths);
        }
      }
      case null, default -> {}
    }
  }

  private static @Nullable Object component(Record options, RecordComponent component) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(options);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException(options.getClass() + " cannot be read", e);
    }
  }

  /** What lies at a path, in a text that is another one when it has changed. */
  public static String identity(Path path, Look look) throws IOException {
    if (Files.isRegularFile(path)) {
      return look(path, look);
    }
    if (Files.isDirectory(path)) {
      return folder(path, Integer.MAX_VALUE, true, look);
    }
    Path fixed = beforePattern(path);
    if (fixed == null || !Files.isDirectory(fixed)) {
      return "nothing";
    }
    Path pattern = fixed.relativize(path);
    boolean deep = pattern.toString().contains("**");
    boolean hidden =
        StreamSupport.stream(pattern.spliterator(), false).anyMatch(NamedFiles::hidden);
    return folder(fixed, deep ? Integer.MAX_VALUE : pattern.getNameCount(), hidden, look);
  }

  private static boolean hidden(Path name) {
    return name.toString().startsWith(".");
  }

  private static String look(Path file, Look look) throws IOException {
    return switch (look) {
      case CONTENTS -> Segments.of(file).digest();
      case STAMP -> {
        var found = Files.readAttributes(file, BasicFileAttributes.class);
        yield found.size() + " " + found.lastModifiedTime() + " " + found.fileKey();
      }
    };
  }

  private static String folder(Path folder, int depth, boolean hidden, Look look)
      throws IOException {
    var found = new TreeMap<String, String>();
    Files.walkFileTree(
        folder,
        EnumSet.of(FileVisitOption.FOLLOW_LINKS),
        depth,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path inner, BasicFileAttributes attributes) {
            return hidden || inner.equals(folder) || !hidden(inner.getFileName())
                ? FileVisitResult.CONTINUE
                : FileVisitResult.SKIP_SUBTREE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (attributes.isRegularFile() && (hidden || !hidden(file.getFileName()))) {
              found.put(folder.relativize(file).toString(), look(file, look));
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return found.size() + " files " + WorkKey.Work.of(found).digest();
  }

  /** The folder before the first name with a pattern; null when there is no pattern. */
  private static @Nullable Path beforePattern(Path path) {
    Path before = path.getRoot();
    for (Path name : path) {
      boolean pattern = name.toString().chars().anyMatch(c -> PATTERN.indexOf(c) >= 0);
      if (pattern) {
        return before == null ? Path.of("") : before;
      }
      before = before == null ? name : before.resolve(name);
    }
    return null;
  }
}
