package dev.nightjar.runtime.cache;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What makes two pieces of work the same: all that their result depends on.
 *
 * @param place what the work is done for: workflow, step and split; the same for work that replaces
 *     this one, and no part of the digest
 * @param work what all splits have in common
 * @param split what tells this one: {@code split.size}; empty for work that is not split
 */
public record WorkKey(String place, Work work, SortedMap<String, String> split) {

  public WorkKey {
    split = Collections.unmodifiableSortedMap(new TreeMap<>(split));
  }

  /** SHA-256 of everything but the place, 64 hexadecimal digits. */
  public String digest() {
    return WorkKey.digest(work.digest(), split);
  }

  /** Where another key differs, by the names of the fields. */
  public List<Difference> since(WorkKey before) {
    var differences = new ArrayList<Difference>();
    compare(before.work.fields(), work.fields(), differences);
    compare(before.split, split, differences);
    return differences;
  }

  private static void compare(
      Map<String, String> was, Map<String, String> is, List<Difference> differences) {
    var names = new TreeSet<>(was.keySet());
    names.addAll(is.keySet());
    for (String name : names) {
      if (!Objects.equals(was.get(name), is.get(name))) {
        differences.add(new Difference(name, was.get(name), is.get(name)));
      }
    }
  }

  /**
   * A field that is not what it was.
   *
   * @param was null when there was none, as {@code is} is when there is none any more
   */
  public record Difference(String field, @Nullable String was, @Nullable String is) {}

  /**
   * What the work on all splits of a stage has in common, by name: {@code clean.options.where},
   * {@code clean.plugin}, {@code check.files.schemas/order.json}. Secrets are in it as digests.
   *
   * @param digest of the fields
   */
  public record Work(SortedMap<String, String> fields, String digest) {

    public Work {
      fields = Collections.unmodifiableSortedMap(new TreeMap<>(fields));
    }

    /** Work that is described by these fields. */
    public static Work of(SortedMap<String, String> fields) {
      return new Work(fields, WorkKey.digest("", fields));
    }
  }

  private static String digest(String first, SortedMap<String, String> fields) {
    MessageDigest sha;
    try {
      sha = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
    update(sha, first);
    for (Map.Entry<String, String> field : fields.entrySet()) {
      update(sha, field.getKey());
      update(sha, field.getValue());
    }
    return HexFormat.of().formatHex(sha.digest());
  }

  /** Length first, so that no two lists of texts are fed alike. */
  private static void update(MessageDigest sha, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    sha.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
    sha.update(bytes);
  }
}
