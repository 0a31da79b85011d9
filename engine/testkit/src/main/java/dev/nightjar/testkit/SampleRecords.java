package dev.nightjar.testkit;

import dev.nightjar.spi.DataRecord;
import dev.nightjar.spi.Default;
import dev.nightjar.spi.Doc;
import dev.nightjar.spi.Emits;
import dev.nightjar.spi.Input;
import dev.nightjar.spi.Output;
import dev.nightjar.spi.ProcessorSpec;
import dev.nightjar.spi.ProcessorSpec.Emitted;
import dev.nightjar.spi.StepContext;
import dev.nightjar.spi.StreamProcessor;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** Emits the records of a sample, once or until it is stopped. */
@ProcessorSpec(
    name = "contract.records",
    summary = "Emits the records of a sample.",
    emits = Emitted.TEXT)
final class SampleRecords implements StreamProcessor<SampleRecords.Options> {

  /** Enough that every step behind has begun; few enough to come at once. */
  private static final int MANY = 5_000;

  private final List<DataRecord> records;
  private final boolean endless;
  private final CountDownLatch many = new CountDownLatch(MANY);

  SampleRecords(List<DataRecord> records, boolean endless) {
    this.records = records;
    this.endless = endless;
  }

  record Options(
      @Doc("They are text.") @Default("false") boolean text,
      @Doc("They are JSON.") @Emits(Emitted.JSON) @Nullable Boolean json,
      @Doc("They are bytes.") @Emits(Emitted.BYTES) @Nullable Boolean bytes) {}

  @Override
  public void process(Options options, Input in, Output out, StepContext context) {
    do {
      for (DataRecord record : records) {
        many.countDown();
        out.emit(record);
      }
    } while (endless);
  }

  void awaitMany() throws InterruptedException {
    many.await();
  }
}
