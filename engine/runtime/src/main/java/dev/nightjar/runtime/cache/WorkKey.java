package dev.nightjar.runtime.cache;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What makes two pieces of work the same: all that their result depends on.
 *
 * @param place what the work is done for: workflow, step and split; the same for work that replaces
 *     this one, and no part of the digest
 * @param fields everything else, by name: {@code processor}, {@code plugin}, {@code options.where},
 *     {@code files.schemas/order.json}, {@code split.size}
 */
public record WorkKey(String place, SortedMap<String, String> fields) {

  public WorkKey {
    fields = new TreeMap<>(fields);
  }

  /** SHA-256 of the fields, 64 hexadecimal digits. */
  public String digest() {
    MessageDigest sha;
    try {
      sha = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
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
