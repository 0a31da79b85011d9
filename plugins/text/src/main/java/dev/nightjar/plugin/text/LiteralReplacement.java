package dev.nightjar.plugin.text;

import dev.nightjar.spi.DataRecord;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Replaces a text by another one in the bytes of records: well-formed UTF-8 stands in well-formed
 * UTF-8 only where its characters do. Most records have nothing to replace, and are handed on.
 */
final class LiteralReplacement {

  private final byte[] find;
  private final byte[] replacement;
  private final boolean first;

  private LiteralReplacement(byte[] find, byte[] replacement, boolean first) {
    this.find = find;
    this.replacement = replacement;
    this.first = first;
  }

  /** Null when one of the texts has no UTF-8. */
  static @Nullable LiteralReplacement of(String find, String replacement, boolean first) {
    byte[] wanted = find.getBytes(StandardCharsets.UTF_8);
    byte[] instead = replacement.getBytes(StandardCharsets.UTF_8);
    boolean exact =
        new String(wanted, StandardCharsets.UTF_8).equals(find)
            && new String(instead, StandardCharsets.UTF_8).equals(replacement);
    return exact ? new LiteralReplacement(wanted, instead, first) : null;
  }

  DataRecord in(DataRecord record) {
    int at = record.indexOf(find, 0);
    return at < 0 ? record : replaced(record, at);
  }

  private DataRecord replaced(DataRecord record, int firstPlace) {
    byte[] from = record.array();
    int start = record.offset();
    int count = first ? 1 : count(record, firstPlace);
    byte[] result = new byte[record.size() + count * (replacement.length - find.length)];
    int copied = 0;
    int end = 0;
    int place = firstPlace;
    for (int n = 0; n < count; n++) {
      System.arraycopy(from, start + copied, result, end, place - copied);
      end += place - copied;
      System.arraycopy(replacement, 0, result, end, replacement.length);
      end += replacement.length;
      copied = place + find.length;
      place = n + 1 < count ? record.indexOf(find, copied) : place;
    }
    System.arraycopy(from, start + copied, result, end, record.size() - copied);
    return DataRecord.utf8(result, 0, result.length, record.origin());
  }

  private int count(DataRecord record, int firstPlace) {
    int count = 0;
    for (int at = firstPlace; at >= 0; at = record.indexOf(find, at + find.length)) {
      count++;
    }
    return count;
  }
}
