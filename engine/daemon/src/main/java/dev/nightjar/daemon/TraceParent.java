package dev.nightjar.daemon;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The span of whoever asked for a run, as W3C Trace Context writes it, among the run's facts. */
final class TraceParent {

  private static final String NAME = "traceparent";

  /** Version, trace, span, flags. There is no other version; ids of nothing but zeros are none. */
  private static final Pattern FORM =
      Pattern.compile("00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");

  private TraceParent() {}

  /** Adds it, if it is valid. */
  static void put(ObjectNode facts, @Nullable String header) {
    if (header != null && FORM.matcher(header).matches()) {
      facts.put(NAME, header);
    }
  }

  /** Takes it out: another request makes another run. */
  static void remove(ObjectNode facts) {
    facts.remove(NAME);
  }
}
