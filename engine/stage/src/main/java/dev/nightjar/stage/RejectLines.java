package dev.nightjar.stage;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.nightjar.spi.DataRecord;
import dev.nightjar.spi.JsonAssembly;
import dev.nightjar.spi.Kind;
import dev.nightjar.spi.Origin;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Base64;

/** Writes records that were set aside, each as a JSON object on a line. */
final class RejectLines {

  private static final byte[] REASON = "\"reason\"".getBytes(US_ASCII);
  private static final byte[] STEP = "\"step\"".getBytes(US_ASCII);
  private static final byte[] SOURCE = "\"source\"".getBytes(US_ASCII);
  private static final byte[] LINE = "\"line\"".getBytes(US_ASCII);
  private static final byte[] OFFSET = "\"offset\"".getBytes(US_ASCII);
  private static final byte[] RECORD = "\"record\"".getBytes(US_ASCII);
  private static final byte[] BYTES = "\"bytes\"".getBytes(US_ASCII);

  private final OutputStream target;
  private final JsonAssembly json = new JsonAssembly();

  /** Lines for a target that is somebody else's to close. */
  RejectLines(OutputStream target) {
    this.target = target;
  }

  void write(String step, String reason, DataRecord record) throws IOException {
    Origin origin = record.origin();
    json.begin();
    json.name(REASON);
    json.text(reason);
    json.name(STEP);
    json.text(step);
    if (!origin.source().isEmpty()) {
      json.name(SOURCE);
      json.text(origin.source());
    }
    if (origin.line() > 0) {
      json.name(LINE);
      json.number(origin.line());
    }
    if (origin.offset() >= 0) {
      json.name(OFFSET);
      json.number(origin.offset());
    }
    if (isText(record)) {
      json.name(RECORD);
      json.text(record);
    } else {
      json.name(BYTES);
      json.text(Base64.getEncoder().encodeToString(record.toBytes()));
    }
    json.close();
    json.writeTo(target);
    target.write('\n');
  }

  private static boolean isText(DataRecord record) {
    return record.kind() != Kind.BYTES
        || DataRecord.firstInvalidUtf8(record.array(), record.offset(), record.size()) < 0;
  }
}
