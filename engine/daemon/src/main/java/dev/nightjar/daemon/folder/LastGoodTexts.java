package dev.nightjar.daemon.folder;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The last good text of each workflow file, beyond the process. Each lies in a file named by the
 * digest of the path, behind a line with its own digest: one that a power cut has torn is as good
 * as none.
 */
final class LastGoodTexts {

  private static final String SUFFIX = ".yaml";
  private static final String HEAD = "# sha256 ";

  private final Path folder;

  /** In a folder of their own, made when first needed. */
  LastGoodTexts(Path folder) {
    this.folder = folder;
  }

  /** The text of a workflow file; null when there is none. */
  @Nullable String read(Path file) {
    try {
      String kept = Files.readString(kept(file));
      int line = kept.indexOf('\n');
      String text = kept.substring(line + 1);
      return line > 0 && kept.startsWith(HEAD + Sha256.of(text)) ? text : null;
    } catch (IOException none) {
      return null;
    }
  }

  void write(Path file, String text) throws IOException {
    Files.createDirectories(folder);
    Path kept = kept(file);
    Path part = kept.resolveSibling(kept.getFileName() + ".part");
    Files.writeString(part, HEAD + Sha256.of(text) + "\n" + text);
    Files.move(part, kept, StandardCopyOption.ATOMIC_MOVE);
  }

  void remove(Path file) {
    try {
      Files.deleteIfExists(kept(file));
    } catch (IOException stays) {
      // Nobody asks for it before there is a file of this path again.
    }
  }

  /** Removes those of other files, and what a write that was cut short has left. */
  void keepOnly(Collection<Path> files) {
    Set<Path> needed = files.stream().map(this::kept).collect(Collectors.toSet());
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, "*{.yaml,.part}")) {
      for (Path one : all) {
        if (!needed.contains(one)) {
          Files.deleteIfExists(one);
        }
      }
    } catch (IOException stay) {
      // As above.
    }
  }

  private Path kept(Path file) {
    return folder.resolve(Sha256.of(file.toString()) + SUFFIX);
  }
}
