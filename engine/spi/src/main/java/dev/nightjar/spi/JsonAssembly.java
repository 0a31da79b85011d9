package dev.nightjar.spi;

/**
 * Puts a JSON text together from pieces of JSON and from fields of records, whose bytes are copied
 * as they are. Nobody checks that it becomes one value. Used again and again, by one thread.
 */
public final class JsonAssembly {

  /** Bytes of a small record. */
  private static final int USUAL = 256;

  private final JsonWriter out = new JsonWriter(USUAL);

  /** Puts a piece behind what there is. */
  public void add(byte[] json) {
    out.raw(json, 0, json.length);
  }

  /** Puts the value of a field behind what there is; false when the record has no such field. */
  public boolean add(DataRecord record, FieldPath field) {
    return record.write(field, out);
  }

  /** Bytes so far. */
  public int size() {
    return out.size();
  }

  /** Takes back what is behind the first bytes. */
  public void truncate(int size) {
    out.truncate(size);
  }

  /** What there is as a JSON record; begins anew. */
  public DataRecord record(Origin origin) {
    byte[] json = out.toBytes();
    out.truncate(0);
    return DataRecord.checkedJson(json, 0, json.length, origin);
  }
}
