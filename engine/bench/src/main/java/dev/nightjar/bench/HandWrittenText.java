package dev.nightjar.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The text job by hand: lines that are UTF-8 are trimmed, what one text stands for is replaced, and
 * those in which one of five texts then is are kept. Bytes in, bytes out, no strings.
 */
final class HandWrittenText implements LinePieces.Work {

  /** As in text.yaml. */
  static final String FIND = "session=";

  static final String REPLACEMENT = "s=";

  static final List<String> PATTERNS =
      List.of("\" 500 ", "/wp-login.php", "/.env", "/../", "\u4E07\u5E74\u7B46");

  private static final byte[] FOUND = bytes(FIND);
  private static final byte[] INSTEAD = bytes(REPLACEMENT);
  private static final int FIND_BIT = 1 << PATTERNS.size();
  private static final ByteAutomaton WORDS = words();

  private final byte[] in;
  private final Bytes kept;
  private final Bytes rejected;
  private final Bytes changed = new Bytes(1 << 10);

  private HandWrittenText(byte[] in, Bytes kept, Bytes rejected) {
    this.in = in;
    this.kept = kept;
    this.rejected = rejected;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static ByteAutomaton words() {
    var words = new ArrayList<byte[]>();
    PATTERNS.forEach(pattern -> words.add(bytes(pattern)));
    words.add(FOUND);
    return new ByteAutomaton(words);
  }

  /** Arguments: the log, the file to write, the file for the lines that were set aside. */
  public static void main(String[] args) throws IOException, InterruptedException {
    LinePieces.run(args, HandWrittenText::new);
  }

  @Override
  public void lines(int from, int limit, int end) {
    int at = from;
    while (at < limit) {
      int lineEnd = LinePieces.lineEnd(in, at, end);
      line(at, lineEnd);
      at = lineEnd + 1;
    }
  }

  private void line(int from, int to) {
    if (!Utf8.valid(in, from, to)) {
      rejected.write(in, from, to - from);
      rejected.write('\n');
      return;
    }
    int start = WhiteBytes.start(in, from, to);
    int end = WhiteBytes.end(in, start, to);
    int words = WORDS.search(in, start, end);
    if ((words & FIND_BIT) != 0) {
      replace(start, end);
      if ((WORDS.search(changed.array(), 0, changed.size()) & ~FIND_BIT) != 0) {
        kept.write(changed.array(), 0, changed.size());
        kept.write('\n');
      }
    } else if (words != 0) {
      kept.write(in, start, end - start);
      kept.write('\n');
    }
  }

  private void replace(int start, int end) {
    changed.clear();
    int copied = start;
    for (int at = start; at <= end - FOUND.length; ) {
      if (Arrays.equals(in, at, at + FOUND.length, FOUND, 0, FOUND.length)) {
        changed.write(in, copied, at - copied);
        changed.write(INSTEAD);
        at += FOUND.length;
        copied = at;
      } else {
        at++;
      }
    }
    changed.write(in, copied, end - copied);
  }
}
