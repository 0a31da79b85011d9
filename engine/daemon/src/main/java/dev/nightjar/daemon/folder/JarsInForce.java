package dev.nightjar.daemon.folder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which jars were in force, remembered beyond the process: a line each, digest and path. */
final class JarsInForce {

  private static final Pattern LINE = Pattern.compile("([0-9a-f]{64}) (.+)");

  private final Path file;

  JarsInForce(Path file) {
    this.file = file;
  }

  /** Those of these jars that were in force, with the digests they had. */
  SortedMap<Path, String> read(Iterable<Path> jars) {
    Map<String, String> digests = new HashMap<>();
    try {
      for (String line : Files.readAllLines(file)) {
        Matcher parts = LINE.matcher(line);
        if (parts.matches()) {
          digests.put(parts.group(2), parts.group(1));
        }
      }
    } catch (IOException unknown) {
      // As on the first start: each jar must do by itself.
      digests.clear();
    }
    SortedMap<Path, String> known = new TreeMap<>();
    for (Path jar : jars) {
      String digest = digests.get(name(jar));
      if (digest != null) {
        known.put(jar, digest);
      }
    }
    return known;
  }

  void write(Map<Path, String> jars) throws IOException {
    var text = new StringBuilder();
    jars.forEach((jar, digest) -> text.append(digest).append(' ').append(name(jar)).append('\n'));
    Path part = file.resolveSibling(file.getFileName() + ".part");
    Files.writeString(part, text);
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static String name(Path jar) {
    return jar.toAbsolutePath().normalize().toString();
  }
}
