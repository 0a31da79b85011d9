package dev.nightjar.spi;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The names of an object's members in the order they come, as {@link JsonMembers} notes them: most
 * records of a source have the same. A name is then expected instead of scanned, and where a path
 * leads is found once for all of them. Each shape knows those that are one member longer.
 *
 * <p>Followed and grown by one thread; asked by any.
 */
final class JsonShape {

  /** What {@link #member} says of a path that nobody has looked for yet. */
  static final int UNKNOWN = -2;

  /** Of one shape that are one member longer; more than one kind of record has. */
  private static final int MOST_LONGER = 16;

  /** Paths whose place is kept; a workflow's steps rarely ask for more. */
  private static final int MOST_FOUND = 16;

  private static final Found NONE_FOUND = new Found(new FieldPath[0], new int[0]);

  private final @Nullable JsonShape before;
  private final int level;
  private final int sign;

  /** The last name, in its quotes. */
  private final byte[] name;

  // Its first bytes as a word, and which bytes of the word those are.
  private final long head;
  private final long mask;

  /** The one that came last is the first that is expected. */
  private @Nullable JsonShape expected;

  private JsonShape[] longer = {};

  // Shared without a lock: what it leads to is immutable, and to find something twice does no harm.
  private Found found = NONE_FOUND;

  /** Paths and the members that their names lead to. */
  private static final class Found {
    private final FieldPath[] paths;
    private final int[] members;

    Found(FieldPath[] paths, int[] members) {
      this.paths = paths;
      this.members = members;
    }

    @SuppressWarnings("ReferenceEquality") // Steps keep their paths; comparing names takes longer.
    int member(FieldPath path) {
      for (int i = 0; i < paths.length; i++) {
        if (paths[i] == path) {
          return members[i];
        }
      }
      return UNKNOWN;
    }

    Found and(FieldPath path, int member) {
      FieldPath[] more = Arrays.copyOf(paths, paths.length + 1);
      int[] moreMembers = Arrays.copyOf(members, more.length);
      more[paths.length] = path;
      moreMembers[paths.length] = member;
      return new Found(more, moreMembers);
    }
  }

  private JsonShape(@Nullable JsonShape before, int level, int sign, byte[] name) {
    this.before = before;
    this.level = level;
    this.sign = sign;
    this.name = name;
    this.head = (long) Utf8.WORD.get(Arrays.copyOf(name, Long.BYTES), 0);
    this.mask = (long) Utf8.WORD.get(ones(Math.min(name.length, Long.BYTES)), 0);
  }

  private static byte[] ones(int count) {
    var bytes = new byte[Long.BYTES];
    Arrays.fill(bytes, 0, count, (byte) -1);
    return bytes;
  }

  /** Of an object without members. */
  static JsonShape empty() {
    return new JsonShape(null, 0, 0, new byte[0]);
  }

  /** The shape without the last member; null where there is none. */
  @Nullable JsonShape before() {
    return before;
  }

  /** Of the last name, see {@link JsonMembers#sign}. */
  int sign() {
    return sign;
  }

  /** Bytes of the last name with its quotes. */
  int length() {
    return name.length;
  }

  /**
   * The shape with the member that is expected here, or with another one that came before.
   *
   * @param level of the member
   * @param at where its name begins, with the quote
   * @return null when there is another name, or too near the end to tell quickly
   */
  @Nullable JsonShape follow(int level, byte[] in, int at, int end) {
    JsonShape usual = expected;
    if (usual == null || at > end - Long.BYTES) {
      return null;
    }
    long word = (long) Utf8.WORD.get(in, at);
    if (usual.isNext(level, word, in, at, end)) {
      return usual;
    }
    for (JsonShape other : longer) {
      if (other.isNext(level, word, in, at, end)) {
        expected = other;
        return other;
      }
    }
    return null;
  }

  /** As {@link #follow}, of a name in quotes that was {@link #grow}n of this very array. */
  @SuppressWarnings("ReferenceEquality")
  @Nullable JsonShape follow(int level, byte[] name) {
    JsonShape usual = expected;
    return usual != null && usual.name == name && usual.level == level ? usual : null;
  }

  private boolean isNext(int level, long word, byte[] in, int at, int end) {
    if (((word ^ head) & mask) != 0 || level != this.level || at > end - name.length) {
      return false;
    }
    for (int i = Long.BYTES; i < name.length; i++) {
      if (in[at + i] != name[i]) {
        return false;
      }
    }
    return true;
  }

  /**
   * The shape with one member more, whatever {@link #follow} said; null when there are too many.
   *
   * @param name of the member, in its quotes; kept
   * @param may whether a new one may be made
   */
  @Nullable JsonShape grow(int level, int sign, byte[] name, boolean may) {
    for (JsonShape one : longer) {
      if (one.level == level && Arrays.equals(one.name, name)) {
        expected = one;
        return one;
      }
    }
    if (!may || longer.length == MOST_LONGER) {
      return null;
    }
    var grown = new JsonShape(this, level, sign, name);
    longer = Arrays.copyOf(longer, longer.length + 1);
    longer[longer.length - 1] = grown;
    expected = grown;
    return grown;
  }

  /** The member that a path's names lead to, as it was {@link #remember}ed; or UNKNOWN. */
  int member(FieldPath path) {
    return found.member(path);
  }

  /** Keeps where a path's names lead in objects of this shape. */
  void remember(FieldPath path, int member) {
    Found before = found;
    if (before.paths.length < MOST_FOUND) {
      found = before.and(path, member);
    }
  }
}
