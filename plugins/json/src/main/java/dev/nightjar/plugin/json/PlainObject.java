package dev.nightjar.plugin.json;

import com.google.re2j.Pattern;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** What a plain schema asks of an object. Immutable. */
final class PlainObject {

  /** A schema for the members whose names match. */
  record ByPattern(Pattern name, PlainSchema schema) {}

  // Of the names that the schema knows, in UTF-8, and of the value of each.
  private final byte[][] names;
  private final PlainSchema[] schemas;

  /** A bit for each name. */
  private final long[] required;

  private final List<ByPattern> patterns;
  private final PlainSchema additional;
  private final int least;
  private final int most;

  /**
   * Makes the checks of an object.
   *
   * @param schemas of members by name, patterns applied
   * @param required names among those
   * @param patterns for other members
   * @param additional for members of which neither is true
   */
  PlainObject(
      Map<String, PlainSchema> schemas,
      Collection<String> required,
      List<ByPattern> patterns,
      PlainSchema additional,
      int least,
      int most) {
    var known = new ArrayList<>(schemas.keySet());
    this.names =
        known.stream().map(name -> name.getBytes(StandardCharsets.UTF_8)).toArray(byte[][]::new);
    this.schemas = known.stream().map(schemas::get).toArray(PlainSchema[]::new);
    this.required = new long[(names.length + Long.SIZE - 1) / Long.SIZE];
    for (String name : required) {
      note(known.indexOf(name), this.required);
    }
    this.patterns = patterns;
    this.additional = additional;
    this.least = least;
    this.most = most;
  }

  /** No name seen yet. */
  long[] noneSeen() {
    return new long[required.length];
  }

  /** Notes a name; false when it was there before. */
  static boolean note(int name, long[] seen) {
    long bit = 1L << name;
    boolean before = (seen[name / Long.SIZE] & bit) != 0;
    seen[name / Long.SIZE] |= bit;
    return !before;
  }

  boolean areAllThere(long[] seen) {
    for (int i = 0; i < required.length; i++) {
      if ((required[i] & ~seen[i]) != 0) {
        return false;
      }
    }
    return true;
  }

  /**
   * The number of a name, or -1.
   *
   * @param guess where to begin: members mostly come in the schema's order
   */
  int find(byte[] in, int from, int to, int guess) {
    for (int i = guess; i < names.length; i++) {
      if (isAt(names[i], in, from, to)) {
        return i;
      }
    }
    for (int i = 0; i < guess; i++) {
      if (isAt(names[i], in, from, to)) {
        return i;
      }
    }
    return -1;
  }

  private static boolean isAt(byte[] name, byte[] in, int from, int to) {
    if (name.length != to - from) {
      return false;
    }
    for (int i = name.length - 1; i >= 0; i--) {
      if (name[i] != in[from + i]) {
        return false;
      }
    }
    return true;
  }

  PlainSchema schema(int name) {
    return schemas[name];
  }

  List<ByPattern> patterns() {
    return patterns;
  }

  PlainSchema additional() {
    return additional;
  }

  boolean counts() {
    return least > 0 || most < Integer.MAX_VALUE;
  }

  boolean allows(int members) {
    return members >= least && members <= most;
  }
}
