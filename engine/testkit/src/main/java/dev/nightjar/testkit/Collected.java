package dev.nightjar.testkit;

import dev.nightjar.spi.DataRecord;
import dev.nightjar.spi.Output;
import dev.nightjar.testkit.ProcessorTester.Reject;
import java.util.ArrayList;
import java.util.List;

/** What a processor emitted and rejected. */
final class Collected implements Output {

  private final List<DataRecord> records = new ArrayList<>();
  private final List<Reject> rejects = new ArrayList<>();

  @Override
  public synchronized void emit(DataRecord record) {
    records.add(record);
  }

  @Override
  public synchronized void reject(DataRecord record, String reason) {
    rejects.add(new Reject(record, reason));
  }

  synchronized void addAll(Collected more) {
    records.addAll(more.records());
    rejects.addAll(more.rejects());
  }

  synchronized List<DataRecord> records() {
    return List.copyOf(records);
  }

  synchronized List<Reject> rejects() {
    return List.copyOf(rejects);
  }
}
