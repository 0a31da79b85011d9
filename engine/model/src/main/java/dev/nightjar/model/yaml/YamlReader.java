package dev.nightjar.model.yaml;

import dev.nightjar.model.diagnostic.Diagnostics;
import dev.nightjar.model.diagnostic.SourceText;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Reads YAML 1.2 files into nodes. Whatever the file holds, it is either read or refused with a
 * diagnostic, in bounded time and memory.
 */
public final class YamlReader {

  private YamlReader() {}

  /**
   * Reads one document.
   *
   * @param file a regular file of at most 1 MiB of UTF-8
   * @param display the file's name in messages
   * @return null when it cannot be read, which is then noted
   */
  public static @Nullable YamlNode read(Path file, String display, Diagnostics diagnostics) {
    SourceText source = text(file, display, diagnostics);
    return source == null ? null : read(source, diagnostics);
  }

  /**
   * Reads a file's text, for whoever needs that beside what is in it.
   *
   * @param file a regular file of at most 1 MiB of UTF-8
   * @param display the file's name in messages
   * @return null when it cannot be read, which is then noted
   */
  public static @Nullable SourceText text(Path file, String display, Diagnostics diagnostics) {
    return SourceFile.read(file, display, diagnostics);
  }

  /**
   * Reads one document.
   *
   * @return null when it cannot be read, which is then noted
   */
  public static @Nullable YamlNode read(SourceText source, Diagnostics diagnostics) {
    try {
      return new DocumentReader(source, diagnostics).read();
    } catch (Refused refused) {
      diagnostics.add(refused.diagnostic());
      return null;
    }
  }
}
