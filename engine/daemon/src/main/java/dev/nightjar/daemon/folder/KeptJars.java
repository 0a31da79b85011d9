package dev.nightjar.daemon.folder;

import dev.nightjar.stage.plugin.JarCopy;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.util.Set;
import java.util.zip.ZipFile;

/** Copies of jars, named by the SHA-256 of what is in them: they never change. */
final class KeptJars {

  private static final String SUFFIX = ".jar";

  private final Path folder;

  /** In a folder of their own, made when first needed. */
  KeptJars(Path folder) {
    this.folder = folder;
  }

  /**
   * Copies a jar, unless one with the same content is there.
   *
   * @return its digest
   * @throws java.util.zip.ZipException when it is no jar, or not yet a whole one
   * @throws IOException when it cannot be read, or the copy not be written
   */
  String keep(Path jar) throws IOException {
    Files.createDirectories(folder);
    Path part = Files.createTempFile(folder, "copy-", ".part");
    try {
      var sha = Sha256.digest();
      try (var out = new DigestOutputStream(Files.newOutputStream(part), sha)) {
        Files.copy(jar, out);
      }
      new ZipFile(part.toFile()).close();
      String digest = Sha256.text(sha.digest());
      if (!has(digest)) {
        Files.move(part, file(digest), StandardCopyOption.ATOMIC_MOVE);
      }
      return digest;
    } finally {
      Files.deleteIfExists(part);
    }
  }

  boolean has(String digest) {
    return Files.exists(file(digest));
  }

  /** The copy of a jar that was kept. */
  JarCopy copy(Path jar, String digest) {
    return new JarCopy(jar, file(digest));
  }

  Path file(String digest) {
    return folder.resolve(digest + SUFFIX);
  }

  /** Removes the others, and what a copy that was cut short has left. */
  void keepOnly(Set<String> digests) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.{jar,part}")) {
      for (Path file : files) {
        String name = String.valueOf(file.getFileName());
        boolean needed =
            name.endsWith(SUFFIX)
                && digests.contains(name.substring(0, name.length() - SUFFIX.length()));
        if (!needed) {
          Files.deleteIfExists(file);
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }
}
