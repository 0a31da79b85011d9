package dev.nightjar.plugin.file;

import dev.nightjar.spi.DataRecord;
import dev.nightjar.spi.Kind;
import dev.nightjar.spi.Output;
import dev.nightjar.spi.RecordFunction;
import dev.nightjar.spi.StepContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Writes the records of one task to the files of its part. */
final class Writing implements RecordFunction {

  private static final byte[] LINE_FEED = {'\n'};
  private static final byte[] NOTHING = {};

  private final byte @Nullable [] separator;
  private final Naming naming;
  private final PartFiles parts;
  private final StepContext context;

  /** Begins a part, in which a target that is the same for all records is there from now on. */
  Writing(FileWrite.Options options, @Nullable String constant, StepContext context)
      throws IOException {
    String separator = options.separator();
    this.separator = separator == null ? null : separator.getBytes(StandardCharsets.UTF_8);
    this.naming = new Naming(options, constant, context);
    this.context = context;
    this.parts = new PartFiles(context.part(), constant != null);
    if (constant != null) {
      create(constant);
    }
  }

  private void create(String constant) throws IOException {
    try {
      parts.create(constant);
    } catch (IOException failure) {
      throw failed(failure);
    }
  }

  @Override
  public void apply(DataRecord record, Output out) throws IOException {
    try {
      parts.write(naming.of(record), record, separator(record));
    } catch (IOException failure) {
      throw failed(failure);
    }
  }

  private byte[] separator(DataRecord record) {
    if (separator != null) {
      return separator;
    }
    return record.kind() == Kind.BYTES ? NOTHING : LINE_FEED;
  }

  @Override
  public void finish() throws IOException {
    try {
      parts.finish();
    } catch (IOException failure) {
      throw failed(failure);
    }
  }

  private IOException failed(IOException failure) {
    return Reason.writing(
        "records to %s, where they wait for the commit".formatted(context.part()), failure);
  }

  @Override
  public void close() throws IOException {
    parts.close();
  }
}
