package dev.nightjar.daemon;

import dev.nightjar.daemon.folder.Sha256;
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
    return text == null
        ? null
        : new RequestKey(
            text, Sha256.text(Sha256.digest().digest(SORTED.writeValueAsBytes(asked))));
  }
}
