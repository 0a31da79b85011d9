package dev.nightjar.daemon.trace;

import io.opentelemetry.sdk.trace.IdGenerator;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Ids that follow from a run's, so that whoever exports it, and however often, exports one trace.
 * For one thread, which says what it is about to export.
 */
final class TraceIds implements IdGenerator {

  /** In hexadecimal digits. */
  private static final int TRACE = 32;

  private static final int SPAN = 16;

  private String run = "";
  private String step = "";

  /** The next span is that of the run itself. */
  void of(String run) {
    this.run = run;
    step = "";
  }

  /** The next span is that of a step of the run. */
  void ofStep(String path) {
    step = path;
  }

  @Override
  public String generateTraceId() {
    return digest(run).substring(0, TRACE);
  }

  @Override
  public String generateSpanId() {
    return digest(run + "\n" + step).substring(0, SPAN);
  }

  private static String digest(String text) {
    try {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }
}
