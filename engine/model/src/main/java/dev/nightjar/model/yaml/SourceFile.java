package dev.nightjar.model.yaml;

import dev.nightjar.model.diagnostic.Code;
import dev.nightjar.model.diagnostic.Diagnostics;
import dev.nightjar.model.diagnostic.Place;
import dev.nightjar.model.diagnostic.SourceText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** Reads a file's text, or says why not. */
final class SourceFile {

  /** 1 MiB: hundreds of times what people write, and read in a blink. */
  static final int MAX_BYTES = 1 << 20;

  private SourceFile() {}

  static @Nullable SourceText read(Path file, String display, Diagnostics diagnostics) {
    try {
      return decode(bytes(file, display), display);
    } catch (Refused refused) {
      diagnostics.add(refused.diagnostic());
    } catch (IOException e) {
      diagnostics.error(
          Code.UNREADABLE_FILE, nowhere(display), "cannot read the file: " + reason(e));
    }
    return null;
  }

  /** Only a regular file is opened: opening a pipe would wait, reading a device might not end. */
  private static byte[] bytes(Path file, String display) throws IOException {
    var attributes = Files.readAttributes(file, BasicFileAttributes.class);
    if (attributes.isDirectory()) {
      throw new Refused(Code.UNREADABLE_FILE, nowhere(display), "this is a folder, not a file");
    }
    if (!attributes.isRegularFile()) {
      throw new Refused(
          Code.UNREADABLE_FILE, nowhere(display), "this is a pipe or a device, not a regular file");
    }
    if (attributes.size() == 0) {
      // Not even opened: files of /proc say 0, and some of them never answer a read.
      return new byte[0];
    }
    byte[] bytes = new byte[0];
    if (attributes.size() <= MAX_BYTES) {
      try (InputStream in = Files.newInputStream(file)) {
        bytes = in.readNBytes(MAX_BYTES + 1);
      }
    }
    if (attributes.size() > MAX_BYTES || bytes.length > MAX_BYTES) {
      throw new Refused(
          Code.TOO_LARGE,
          nowhere(display),
          "the file is larger than 1 MiB",
          "data belongs in files of its own, which steps read");
    }
    return bytes;
  }

  private static SourceText decode(byte[] bytes, String display) {
    String utf16 = utf16(bytes);
    if (utf16 != null) {
      throw new Refused(
          Code.NOT_UTF8, nowhere(display), "the file is " + utf16, "save it as UTF-8");
    }
    boolean mark =
        bytes.length >= 3
            && bytes[0] == (byte) 0xEF
            && bytes[1] == (byte) 0xBB
            && bytes[2] == (byte) 0xBF;
    int from = mark ? 3 : 0;
    var in = ByteBuffer.wrap(bytes, from, bytes.length - from);
    var out = CharBuffer.allocate(bytes.length);
    CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(in, out, true);
    int valid = out.position();
    if (result.isError()) {
      // The whole line is shown, with U+FFFD for what cannot be read.
      String whole = new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8);
      throw new Refused(
          Code.NOT_UTF8,
          new Place(new SourceText(display, whole), valid, valid + 1),
          "the byte 0x%02X at offset %d is not UTF-8".formatted(in.get(), in.position() - 1),
          "save the file as UTF-8");
    }
    return new SourceText(display, out.flip().toString());
  }

  private static @Nullable String utf16(byte[] bytes) {
    if (bytes.length < 2) {
      return null;
    }
    int first = bytes[0] & 0xFF;
    int second = bytes[1] & 0xFF;
    boolean little = (first == 0xFF && second == 0xFE) || (first != 0 && second == 0);
    boolean big = (first == 0xFE && second == 0xFF) || (first == 0 && second != 0);
    return little ? "UTF-16 (little-endian)" : big ? "UTF-16 (big-endian)" : null;
  }

  private static String reason(IOException e) {
    return switch (e) {
      case NoSuchFileException missing -> "there is no such file";
      case AccessDeniedException denied -> "no permission";
      case FileSystemException other when other.getReason() != null -> other.getReason();
      default -> String.valueOf(e.getMessage());
    };
  }

  private static Place nowhere(String display) {
    return new Place(new SourceText(display, ""), 0, 0);
  }
}
