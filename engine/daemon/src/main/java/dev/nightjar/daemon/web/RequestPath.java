package dev.nightjar.daemon.web;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads what was percent-encoded. There is one way to write a path; all others are refused. */
final class RequestPath {

  private RequestPath() {}

  /**
   * The decoded segments of a path, none for {@code /}. Empty when it is no path of ours: with
   * empty or dotted segments, parameters, encoded slashes, or what is no UTF-8.
   */
  static Optional<List<String>> segments(String raw) {
    if (raw.equals("/")) {
      return Optional.of(List.of());
    }
    if (!raw.startsWith("/") || raw.indexOf(';') >= 0) {
      return Optional.empty();
    }
    List<String> segments = new ArrayList<>();
    for (String part : raw.substring(1).split("/", -1)) {
      Optional<String> segment = decode(part, false).filter(RequestPath::isSegment);
      if (segment.isEmpty()) {
        return Optional.empty();
      }
      segments.add(segment.get());
    }
    return Optional.of(List.copyOf(segments));
  }

  private static boolean isSegment(String text) {
    return !text.isEmpty()
        && !text.equals(".")
        && !text.equals("..")
        && text.chars().noneMatch(c -> c == '/' || c == '\\' || Character.isISOControl(c));
  }

  /**
   * Text without its percent-encoding; empty when it is encoded wrongly.
   *
   * @param form whether a plus sign stands for a space, as in queries
   */
  static Optional<String> decode(String text, boolean form) {
    byte[] bytes = new byte[text.length()];
    int length = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      int value = c == '+' && form ? ' ' : c;
      if (c == '%') {
        value = i + 2 < text.length() ? hex(text.charAt(i + 1), text.charAt(i + 2)) : -1;
        i += 2;
      }
      if (value < 0 || (c != '%' && c > '~')) {
        return Optional.empty();
      }
      bytes[length++] = (byte) value;
    }
    return utf8(ByteBuffer.wrap(bytes, 0, length));
  }

  /** Empty when the bytes are no UTF-8. */
  static Optional<String> utf8(ByteBuffer bytes) {
    try {
      return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(bytes).toString());
    } catch (CharacterCodingException wrong) {
      return Optional.empty();
    }
  }

  private static int hex(char high, char low) {
    int value = Character.digit(high, 16) * 16 + Character.digit(low, 16);
    boolean digits = Character.digit(high, 16) >= 0 && Character.digit(low, 16) >= 0;
    return digits && high < 128 && low < 128 ? value : -1;
  }
}
