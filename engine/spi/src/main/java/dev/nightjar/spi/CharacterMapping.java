package dev.nightjar.spi;

import java.util.function.IntPredicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A change of texts that changes each character for itself, whatever stands around it, such as
 * writing them in upper case. Most texts are then changed as bytes, without being decoded: what
 * becomes of a character is asked when it comes for the first time. Used by one thread.
 */
public final class CharacterMapping {

  /** Characters whose images are kept together: those of ASCII. */
  private static final int BLOCK = 128;

  /** The first character of four bytes. */
  private static final int LIMIT = 0x1_0000;

  /** Instead of an image: nobody has asked for it yet. So it is with a new block. */
  private static final char NEW = 0;

  /** Instead of an image: the function has to be asked for the whole text. No character. */
  private static final char ASK = '\uffff';

  /** For bytes in which none is an escape. */
  static final int NO_ESCAPE = -1;

  private final UnaryOperator<String> change;
  private final IntPredicate alone;
  private final char[] @Nullable [] blocks = new char[LIMIT / BLOCK][];

  /** Bits in which the text that is being mapped differs from what it was. */
  private int changes;

  /**
   * A mapping that does what a function does to texts.
   *
   * @param change of a text, character by character where {@code alone} says so
   * @param alone whether a character becomes the same in every text
   */
  public CharacterMapping(UnaryOperator<String> change, IntPredicate alone) {
    this.change = change;
    this.alone = alone;
  }

  /** The record with its text changed, as a text; itself when nothing changes. */
  public DataRecord of(DataRecord record) {
    RecordBytes bytes = record.shortcut(Kind.TEXT);
    RecordBytes mapped = bytes == null ? null : bytes.mapped(this);
    if (mapped != null) {
      return record.changed(mapped);
    }
    String before = record.text();
    String after = change.apply(before);
    return after.equals(before) ? record : record.withText(after);
  }

  /** The JSON record with the strings of a field changed, as {@link DataRecord#mapText} does. */
  public DataRecord of(DataRecord record, FieldPath field) {
    RecordBytes bytes = field.leadsToMany() ? null : record.shortcut(Kind.JSON);
    RecordBytes mapped = bytes == null ? null : bytes.mapped(field, this);
    return mapped == null ? record.mapText(field, change) : record.changed(mapped);
  }

  /** What {@link #map} has done. */
  enum Outcome {
    CHANGED,
    SAME,
    /** The function has to be asked for the text; the bytes are worth nothing. */
    UNKNOWN
  }

  /**
   * Maps well-formed UTF-8 in place. The inside of a JSON string stays one.
   *
   * @param escape a byte that says that the bytes are not those of the text
   */
  Outcome map(byte[] utf8, int from, int to, int escape) {
    changes = 0;
    int at = from;
    while (at < to) {
      at = ascii(utf8, at, to, escape);
      if (at < to) {
        int length = length(utf8[at]);
        int character = length == 4 ? ASK : character(utf8, at, length);
        char image = character == escape ? ASK : image(character);
        if (image == ASK) {
          return Outcome.UNKNOWN;
        }
        changes |= image ^ character;
        put(image, utf8, at, length);
        at += length;
      }
    }
    return changes == 0 ? Outcome.SAME : Outcome.CHANGED;
  }

  /** Maps characters of ASCII up to any that is another one or new; its index. */
  private int ascii(byte[] utf8, int from, int to, int escape) {
    char[] images = block(0);
    int differences = 0;
    int at = from;
    while (at < to && utf8[at] >= 0 && utf8[at] != escape) {
      char image = images[utf8[at]];
      if (image == NEW || image == ASK) {
        break;
      }
      differences |= image ^ utf8[at];
      utf8[at++] = (byte) image;
    }
    changes |= differences;
    return at;
  }

  /** Bytes of the character that begins so. */
  private static int length(byte first) {
    return first >= 0 ? 1 : first < (byte) 0xE0 ? 2 : first < (byte) 0xF0 ? 3 : 4;
  }

  private static int character(byte[] utf8, int at, int length) {
    return switch (length) {
      case 1 -> utf8[at];
      case 2 -> ((utf8[at] & 0x1F) << 6) | (utf8[at + 1] & 0x3F);
      default -> ((utf8[at] & 0xF) << 12) | ((utf8[at + 1] & 0x3F) << 6) | (utf8[at + 2] & 0x3F);
    };
  }

  private static void put(char image, byte[] utf8, int at, int length) {
    switch (length) {
      case 1 -> utf8[at] = (byte) image;
      case 2 -> {
        utf8[at] = (byte) (0xC0 | (image >> 6));
        utf8[at + 1] = (byte) (0x80 | (image & 0x3F));
      }
      default -> {
        utf8[at] = (byte) (0xE0 | (image >> 12));
        utf8[at + 1] = (byte) (0x80 | ((image >> 6) & 0x3F));
        utf8[at + 2] = (byte) (0x80 | (image & 0x3F));
      }
    }
  }

  private char image(int character) {
    char[] block = block(character / BLOCK);
    char known = block[character % BLOCK];
    if (known == NEW) {
      known = ask((char) character);
      block[character % BLOCK] = known;
    }
    return known;
  }

  private char[] block(int number) {
    char[] known = blocks[number];
    if (known == null) {
      known = new char[BLOCK];
      blocks[number] = known;
    }
    return known;
  }

  /** The image, if it is as long as the character, and no more special in JSON than that is. */
  private char ask(char character) {
    if (character == NEW || character == ASK || !alone.test(character)) {
      return ASK;
    }
    String after = change.apply(String.valueOf(character));
    if (after.length() != 1 || length(after.charAt(0)) != length(character)) {
      return ASK;
    }
    char image = after.charAt(0);
    return image == character || Utf8.isPlain(after) ? image : ASK;
  }

  private static int length(char character) {
    return character < 0x80 ? 1 : character < 0x800 ? 2 : 3;
  }
}
