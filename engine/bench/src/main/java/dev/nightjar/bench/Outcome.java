package dev.nightjar.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/** What candidates have written, held against what the program by hand has. */
record Outcome(Path kept) {

  /**
   * Says of each file how it differs, in words for people.
   *
   * @param written the files by who writes them
   * @param measured who has
   */
  String compared(Map<String, Path> written, Set<String> measured) throws IOException {
    var text = new StringBuilder();
    long expected = lines(kept);
    for (var other : written.entrySet()) {
      if (!measured.contains(other.getKey())) {
        continue;
      }
      long lines = lines(other.getValue());
      String how =
          isThatOf(other.getValue())
              ? "the same bytes"
              : lines == expected ? "as many lines, other bytes" : "%,d lines".formatted(lines);
      text.append("* %s: %s%n".formatted(other.getKey(), how));
    }
    return text.toString();
  }

  boolean isThatOf(Path other) throws IOException {
    return Files.mismatch(kept, other) < 0;
  }

  static long lines(Path file) throws IOException {
    try (InputStream lines = Files.newInputStream(file)) {
      long count = 0;
      byte[] chunk = new byte[1 << 16];
      for (int n = lines.read(chunk); n > 0; n = lines.read(chunk)) {
        for (int i = 0; i < n; i++) {
          count += chunk[i] == '\n' ? 1 : 0;
        }
      }
      return count;
    }
  }
}
