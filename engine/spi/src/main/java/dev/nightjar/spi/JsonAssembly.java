package dev.nightjar.spi;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Puts an object together, member by member, from fields of records, whose bytes are copied as they
 * are. Used again and again, by one thread.
 */
public final class JsonAssembly {

  /** Bytes of a small record. */
  private static final int USUAL = 256;

  private static final byte[] NULL = {'n', 'u', 'l', 'l'};

  private final JsonWriter out = new JsonWriter(USUAL);
  private final JsonMembers.Builder members = JsonMembers.Builder.ofMany();
  private int level;

  /** Begins an object, and forgets what was begun before. */
  public void begin() {
    out.truncate(0);
    level = 0;
    open();
  }

  /** Begins an object that is the value of the member that was begun last. */
  public void open() {
    level++;
    out.raw('{');
    if (isNoted()) {
      members.begin(level);
    }
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
    int start = out.member(name);
    if (isNoted()) {
      members.add(level, name, start + 1, out.size());
    }
    return before;
  }

  /** The member that was begun last and has no value is not there. */
  public void takeBack(int before) {
    out.truncate(before);
    if (isNoted()) {
      members.takeBack(level);
    }
  }

  /** The value is that of a record's field; false, and none, when the record has no such field. */
  public boolean value(DataRecord record, FieldPath field) {
    boolean there = record.write(field, out);
    if (there) {
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
    level--;
    if (level > 0) {
      endValue();
    }
    return some;
  }

  private void endValue() {
    if (isNoted()) {
      members.endValue(level, out.size());
    }
  }

  private boolean isNoted() {
    return level <= JsonMembers.LEVELS;
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
    return DataRecord.checkedJson(out.toBytes(), origin, members.members());
  }
}
