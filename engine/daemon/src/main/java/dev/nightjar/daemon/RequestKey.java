package dev.nightjar.daemon;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What tells a wish from another one like it.
 *
 * @param text as whoever asks has chosen it
 * @param request digest of what is asked for, whatever the order of members
 */
record RequestKey(String text, String request) {

  private static final JsonMapper SORTED =
      JsonMapper.builder().enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED).build();

  /** The key of a request; null for one without. */
  static @Nullable RequestKey of(@Nullable String text, @Nullable JsonNode asked) {
    return text == null ? null : new RequestKey(text, digest(SORTED.writeValueAsBytes(asked)));
  }

  private static String digest(byte[] json) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(json));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
