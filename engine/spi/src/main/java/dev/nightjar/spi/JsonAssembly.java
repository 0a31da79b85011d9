package dev.nightjar.spi;

import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Puts an object together, member by member, from fields of records, whose bytes are copied as they
 * are. Used again and again, by one thread.
 */
public final class JsonAssembly {

  /** Bytes of a small record. */
  private static final int USUAL = 256;

  private static final byte[] NULL = {'n', 'u', 'l', 'l'};

  private final JsonWriter out = new JsonWriter(USUAL);
  private final JsonOutline outline = new JsonOutline();

  // Where members lie that are looked for; kept as long as each of them has a place of its own.
  private int[] notes = {};
  private boolean noted;

  /** The object that was begun last and is open. */
  private @Nullable JsonPlace inside;

  /** The member whose value is to follow, or has ended. */
  private @Nullable JsonPlace member;

  /** Begins an object, and forgets what was begun before. */
  public void begin() {
    out.truncate(0);
    outline.begin();
    notes = outline.room();
    noted = Fast.ON && outline.isUseful();
    member = outline.whole();
    open();
  }

  /** Begins an object that is the value of the member that was begun last. */
  public void open() {
    inside = member;
    out.raw('{');
  }

  /**
   * Begins a member; its value is to follow.
   *
   * @param name in its quotes, as JSON; not to be changed, and for a name best always the same
   *     array
   * @return what {@link #takeBack} needs
   */
  public int name(byte[] name) {
    int before = out.size();
    out.member(name);
    if (noted) {
      note(name);
    }
    return before;
  }

  private void note(byte[] name) {
    JsonPlace place = inside == null ? null : inside.member(name);
    member = place;
    if (place == null) {
      noted = false;
    } else if (place.isNoted()) {
      int begins = place.note(true);
      noted = notes[begins] == 0;
      notes[begins] = out.size();
    }
  }

  /** The member that was begun last and has no value is not there. */
  public void takeBack(int before) {
    out.truncate(before);
    if (noted && member != null && member.isNoted()) {
      notes[member.note(true)] = 0;
    }
  }

  /** The value is that of a record's field; false, and none, when the record has no such field. */
  public boolean value(DataRecord record, FieldPath field) {
    int start = out.size();
    boolean there = record.write(field, out);
    if (there) {
      if (member != null && member.isNotedInside() && out.array()[start] == '{') {
        // Where its members lie nobody has looked.
        noted = false;
      }
      endValue();
    }
    return there;
  }

  /** The value is the text of a record whose bytes are UTF-8; of a JSON one, its JSON text. */
  public void text(DataRecord record) {
    out.string(record.array(), record.offset(), record.offset() + record.size());
    endValue();
  }

  /** The value is a whole number. */
  public void number(long value) {
    out.number(value);
    endValue();
  }

  /** The value is null. */
  public void none() {
    out.raw(NULL, 0, NULL.length);
    endValue();
  }

  /** Ends the object; false when there is nothing in it. */
  public boolean close() {
    boolean some = !out.endsWith('{');
    out.raw('}');
    member = inside;
    inside = inside == null ? null : inside.around();
    endValue();
    return some;
  }

  private void endValue() {
    if (noted && member != null && member.isNoted()) {
      notes[member.note(false)] = out.size();
    }
  }

  /** How many bytes were written since {@link #begin}. */
  public int size() {
    return out.size();
  }

  /** Writes what was begun and is closed. */
  public void writeTo(OutputStream target) throws IOException {
    target.write(out.array(), 0, out.size());
  }

  /** What was begun and is closed, as a record. */
  public DataRecord record(Origin origin) {
    return DataRecord.checkedJson(out.toBytes(), origin, noted ? outline.notes(notes) : null);
  }
}
