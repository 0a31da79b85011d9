package dev.nightjar.stage;

import dev.nightjar.spi.DataRecord;
import dev.nightjar.spi.Kind;
import dev.nightjar.spi.Origin;
import dev.nightjar.spi.Rejected;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** The records that the steps of one attempt set aside. Written by all its threads. */
public final class RejectLog implements AutoCloseable {

  private final Path file;
  private final SpoolFormat.Encoder encoder = new SpoolFormat.Encoder();
  private final Map<RejectPolicy.Budget, Long> counts = new HashMap<>();
  private @Nullable DataOutputStream out;

  /** A log in a file that is made with the first record. */
  public RejectLog(Path file) {
    this.file = file;
  }

  /**
   * Sets a record aside as the policy says.
   *
   * @throws StepFailure when it may not be, or is one too many
   */
  public synchronized void reject(
      String step, RejectPolicy policy, DataRecord record, String reason) {
    switch (policy) {
      case RejectPolicy.Fail() -> throw StepFailure.rejected(step, record.origin(), reason);
      case RejectPolicy.Keep(boolean store, RejectPolicy.Budget budget) -> {
        long count = counts.merge(budget, 1L, Long::sum);
        if (budget.exceededWith(count)) {
          throw StepFailure.rejected(
              step,
              record.origin(),
              reason + " (more than " + budget.max() + " rejected records are too many)");
        }
        if (store) {
          store(step, record, reason);
        }
      }
    }
  }

  private void store(String step, DataRecord record, String reason) {
    try {
      DataOutputStream stream = out;
      if (stream == null) {
        Files.createDirectories(file.toAbsolutePath().getParent());
        stream = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)));
        out = stream;
      }
      writeText(step, stream);
      writeText(reason, stream);
      encoder.write(withBytes(record), stream);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A text with half a character in it has no bytes: what can be shown of it is kept. */
  private static DataRecord withBytes(DataRecord record) {
    try {
      record.size();
      return record;
    } catch (Rejected noBytes) {
      byte[] shown = String.valueOf(record).getBytes(StandardCharsets.UTF_8);
      return DataRecord.utf8(shown, 0, shown.length, record.origin());
    }
  }

  /** Charges the budgets; the attempt has succeeded. */
  synchronized void settle() {
    counts.forEach(RejectPolicy.Budget::use);
    counts.clear();
  }

  @Override
  public synchronized void close() {
    if (out != null) {
      try {
        out.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /**
   * Writes what an attempt set aside as JSON, one object a line.
   *
   * @param file may be missing when nothing was
   * @param lineBase the lines of the source before the task's split
   * @return how many there were
   */
  public static long copyAsJson(Path file, long lineBase, OutputStream target) throws IOException {
    if (!Files.exists(file)) {
      return 0;
    }
    long count = 0;
    var mapper = JsonMapper.shared();
    var decoder = new SpoolFormat.Decoder(lineBase);
    try (var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      for (String step = readText(in); step != null; step = readText(in)) {
        String reason = String.valueOf(readText(in));
        DataRecord record = decoder.read(in);
        if (record == null) {
          throw new IOException("the rejects end inside a record");
        }
        target.write(mapper.writeValueAsBytes(describe(step, reason, record)));
        target.write('\n');
        count++;
      }
    }
    return count;
  }

  private static Object describe(String step, String reason, DataRecord record) {
    Origin origin = record.origin();
    var node = JsonNodeFactory.instance.objectNode();
    node.put("reason", reason);
    node.put("step", step);
    if (!origin.source().isEmpty()) {
      node.put("source", origin.source());
    }
    if (origin.line() > 0) {
      node.put("line", origin.line());
    }
    if (origin.offset() >= 0) {
      node.put("offset", origin.offset());
    }
    String text = textOf(record);
    if (text == null) {
      node.put("bytes", Base64.getEncoder().encodeToString(record.toBytes()));
    } else {
      node.put("record", text);
    }
    return node;
  }

  private static @Nullable String textOf(DataRecord record) {
    if (record.kind() != Kind.BYTES) {
      return record.text();
    }
    try {
      return record.text();
    } catch (Rejected notText) {
      return null;
    }
  }

  private static void writeText(String text, DataOutputStream out) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    SpoolFormat.writeNumber(bytes.length, out);
    out.write(bytes);
  }

  private static @Nullable String readText(DataInputStream in) throws IOException {
    in.mark(1);
    if (in.read() < 0) {
      return null;
    }
    in.reset();
    return new String(in.readNBytes((int) SpoolFormat.readNumber(in)), StandardCharsets.UTF_8);
  }
}
