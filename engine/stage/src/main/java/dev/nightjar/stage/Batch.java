package dev.nightjar.stage;

import dev.nightjar.spi.DataRecord;
import java.util.ArrayList;
import java.util.List;

/** Records on their way from one step of a task to the next. */
final class Batch {

  /**
   * Enough to make a hand-over between threads cheap, few enough that what the steps make of them
   * stays in a cache of 1 MiB.
   */
  private static final int RECORDS = 256;

  /** 64 KiB of large records are a batch, however few. */
  private static final long BYTES = 64 * 1024;

  private final List<DataRecord> records;
  private long bytes;

  /** One that may become small. */
  Batch() {
    records = new ArrayList<>();
  }

  /** One that is likely to become as large as the one before. */
  Batch(Batch before) {
    records = new ArrayList<>(before.size());
  }

  void add(DataRecord record) {
    records.add(record);
    bytes += record.weight();
  }

  boolean full() {
    return records.size() >= RECORDS || bytes >= BYTES;
  }

  /** Whether what was added behind a mark is a batch by itself. */
  boolean fullSince(int size, long sizeBytes) {
    return records.size() - size >= RECORDS || bytes - sizeBytes >= BYTES;
  }

  /** Worth handing over before the end: small left-overs of a filter wait for more. */
  boolean substantial() {
    return records.size() >= RECORDS / 4 || bytes >= BYTES / 4;
  }

  int size() {
    return records.size();
  }

  boolean isEmpty() {
    return records.isEmpty();
  }

  DataRecord get(int index) {
    return records.get(index);
  }

  long bytes() {
    return bytes;
  }

  /** Takes back what was added behind a mark. */
  void truncate(int size) {
    while (records.size() > size) {
      bytes -= records.removeLast().weight();
    }
  }
}
