package dev.nightjar.stage.plugin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How a file looked: tells whether it was replaced, without reading it. Compared by methods of its
 * own, because a record's first {@code equals} makes classes.
 *
 * @param size in bytes
 * @param modified when its bytes were last changed, in nanoseconds since 1970; anybody can set it
 * @param changed when anything of it was last changed, which nobody can set; where the system does
 *     not tell, when it was made
 * @param key its number in the file system; 0 where there is none
 */
record Stamp(long size, long modified, long changed, long key) {

  private static final String UNIX = "unix:size,lastModifiedTime,ctime,ino,isRegularFile";
  private static final String OTHER = "size,lastModifiedTime,creationTime,isRegularFile";

  /** Of a file, or the one a link leads to; null when it is something else, such as a folder. */
  static @Nullable Stamp of(Path file) throws IOException {
    boolean unix = file.getFileSystem().supportedFileAttributeViews().contains("unix");
    Map<String, Object> facts = Files.readAttributes(file, unix ? UNIX : OTHER);
    if (!Boolean.TRUE.equals(facts.get("isRegularFile"))) {
      return null;
    }
    return new Stamp(
        number(facts.get("size")),
        number(facts.get("lastModifiedTime")),
        number(facts.get(unix ? "ctime" : "creationTime")),
        number(facts.get("ino")));
  }

  private static long number(@Nullable Object fact) {
    if (fact instanceof FileTime time) {
      return time.to(TimeUnit.NANOSECONDS);
    }
    return fact instanceof Long number ? number : 0;
  }

  /** Whether nothing at all has happened to the file in between. */
  boolean isSame(Stamp other) {
    return hasSameContent(other) && changed == other.changed;
  }

  /** Whether a file is what it was: who only gives it another name or owner does no harm. */
  boolean fits(Path file) throws IOException {
    Stamp now = of(file);
    return now != null && hasSameContent(now);
  }

  private boolean hasSameContent(Stamp other) {
    return size == other.size && modified == other.modified && key == other.key;
  }
}
