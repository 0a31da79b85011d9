package dev.nightjar.spi;

/**
 * Puts an object together, member by member, from fields of records, whose bytes are copied as they
 * are. Used again and again, by one thread.
 */
public final class JsonAssembly {

  /** Bytes of a small record. */
  private static final int USUAL = 256;

  private static final byte[] NULL = {'n', 'u', 'l', 'l'};

  private final JsonWriter out = new JsonWriter(USUAL);
  private final JsonMembers.Builder members = new JsonMembers.Builder();
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
   * @param name in its quotes, as JSON
   * @return what {@link #takeBack} needs
   */
  public int name(byte[] name) {
    int before = out.size();
    if (!out.endsWith('{')) {
      out.raw(',');
    }
    int start = out.size() + 1;
    out.raw(name, 0, name.length);
    out.raw(':');
    if (isNoted()) {
      members.add(level, start, start + name.length - 2, out.size());
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

  /** What was begun and is closed, as a record. */
  public DataRecord record(Origin origin) {
    return DataRecord.checkedJson(out.toBytes(), origin, members.members());
  }
}
