package dev.nightjar.bench.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Files by name, each as its SHA-256. */
record Outputs(SortedMap<String, String> digests) {

  /** Of all files below a folder, hidden ones, too. */
  static Outputs of(Path folder) throws IOException {
    var digests = new TreeMap<String, String>();
    try (Stream<Path> all = Files.walk(folder)) {
      all.filter(Files::isRegularFile)
          .forEach(file -> digests.put(folder.relativize(file).toString(), digest(file)));
    }
    return new Outputs(digests);
  }

  /** The files that are not the same, and how. */
  String differences(Outputs now) {
    var differences = new TreeMap<String, String>();
    var names = new TreeSet<>(digests.keySet());
    names.addAll(now.digests.keySet());
    for (String name : names) {
      String was = digests.getOrDefault(name, "missing");
      String is = now.digests.getOrDefault(name, "missing");
      if (!was.equals(is)) {
        differences.put(name, was + " is now " + is);
      }
    }
    return differences.toString();
  }

  private static String digest(Path file) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
