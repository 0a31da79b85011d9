package dev.nightjar.plugin.file;

import dev.nightjar.spi.DataRecord;
import dev.nightjar.spi.Rejected;
import dev.nightjar.spi.StepContext;
import dev.nightjar.spi.Template;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Which file each record goes to. */
final class Naming {

  /** So many names are remembered as checked; others are checked again. */
  private static final int REMEMBERED = 10_000;

  /** What the usual disks take, in bytes. */
  private static final int LONGEST_NAME = 255;

  private static final int LONGEST_PATH = 4095;

  /**
   * A file to write.
   *
   * @param path as the workflow names it, or below its folder
   * @param source the file read that it stands for, or empty
   */
  record Named(String path, String source) {}

  private final FileWrite.Options options;
  private final @Nullable Named constant;
  private final StepContext context;
  private final Map<String, Named> known = new HashMap<>();

  Naming(FileWrite.Options options, @Nullable String constant, StepContext context) {
    this.options = options;
    this.constant = constant == null ? null : new Named(constant, "");
    this.context = context;
  }

  /**
   * The record's file.
   *
   * @throws Rejected when it has none
   */
  Named of(DataRecord record) {
    if (constant != null) {
      return constant;
    }
    Template template = options.path();
    String key = template != null ? template.text(record) : record.origin().source();
    Named named = known.get(key);
    if (named == null) {
      named = template != null ? computed(key) : perSource(key);
      if (known.size() >= REMEMBERED) {
        known.clear();
      }
      known.put(key, named);
    }
    return named;
  }

  private Named computed(String text) {
    String path = checked(text);
    context.writable(context.resolve(path));
    return new Named(path, "");
  }

  /**
   * A path without detours.
   *
   * @throws Rejected when it cannot name a file
   */
  static String checked(String text) {
    String path = relative(text).normalize().toString();
    if (path.isBlank() || text.endsWith("/")) {
      throw new Rejected("path gives `" + text + "`, which names no file");
    }
    return fitting(path);
  }

  /** The path, unless the disk would refuse it when all the work is done. */
  private static String fitting(String path) {
    for (Path name : Path.of(path)) {
      if (name.toString().getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
        throw new Rejected("path gives a name of over " + LONGEST_NAME + " bytes");
      }
    }
    if (path.getBytes(StandardCharsets.UTF_8).length > LONGEST_PATH) {
      throw new Rejected("path gives one of over " + LONGEST_PATH + " bytes");
    }
    return path;
  }

  private Named perSource(String source) {
    if (source.isEmpty()) {
      throw new Rejected("comes from no file that could name the one to write; give path");
    }
    Path from = relative(source).normalize();
    if (from.isAbsolute()) {
      from = from.getRoot().relativize(from);
    }
    if (from.startsWith("..")) {
      from = Objects.requireNonNull(from.getFileName());
    }
    Path name = options.keepFolders() ? from : Objects.requireNonNull(from.getFileName());
    Path folder = Objects.requireNonNull(options.folder());
    Path path = folder.resolve(name + options.suffix());
    context.writable(path);
    return new Named(fitting(path.toString()), source);
  }

  private static Path relative(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException invalid) {
      throw new Rejected("`" + text + "` is no path: " + invalid.getReason());
    }
  }
}
