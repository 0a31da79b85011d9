package dev.nightjar.daemon.folder;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The last good text of each workflow file, beyond the process. Each lies in a file named by the
 * digest of the path, behind a line with its own digest: one that a power cut has torn is as good
 * as none. For one thread.
 */
final class LastGoodTexts {

  private static final String SUFFIX = ".yaml";
  private static final String HEAD = "# sha256 ";

  private final Path folder;

  /** The digests of those that are there, by workflow file. */
  private final Map<Path, String> known = new HashMap<>();

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
      String digest = Sha256.of(text);
      if (line < 0 || !kept.substring(0, line).equals(HEAD + digest)) {
        return null;
      }
      known.put(file, digest);
      return text;
    } catch (IOException none) {
      return null;
    }
  }

  /** Keeps a text, unless it is there already. */
  void keep(Path file, CheckedText text) throws IOException {
    if (text.digest().equals(known.get(file))) {
      return;
    }
    Files.createDirectories(folder);
    Path kept = kept(file);
    Path part = kept.resolveSibling(kept.getFileName() + ".part");
    Files.writeString(part, HEAD + text.digest() + "\n" + text.source().text());
    Files.move(part, kept, StandardCopyOption.ATOMIC_MOVE);
    known.put(file, text.digest());
  }

  void remove(Path file) {
    known.remove(file);
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
    } catch (IOException | DirectoryIteratorException stay) {
      // As above.
    }
  }

  private Path kept(Path file) {
    return folder.resolve(Sha256.of(file.toString()) + SUFFIX);
  }
}
