package dev.nightjar.plugin.records;

import dev.nightjar.spi.Accepts;
import dev.nightjar.spi.Cancelled;
import dev.nightjar.spi.DataRecord;
import dev.nightjar.spi.Default;
import dev.nightjar.spi.Doc;
import dev.nightjar.spi.Input;
import dev.nightjar.spi.Kind;
import dev.nightjar.spi.Output;
import dev.nightjar.spi.ProcessorSpec;
import dev.nightjar.spi.ProcessorSpec.Emitted;
import dev.nightjar.spi.ProcessorSpec.Scope;
import dev.nightjar.spi.Rejected;
import dev.nightjar.spi.StepContext;
import dev.nightjar.spi.StreamProcessor;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.List;

/**
 * Sorts records by fields or as a whole. Stable: records of one key stay in their order. What does
 * not fit into {@code memory} waits on disk, so any number can be sorted.
 *
 * <p>Numbers come before texts, these before {@code false} and {@code true}, these before objects
 * and arrays; {@code null} and what is not there come last in either direction.
 */
@ProcessorSpec(
    name = "records.sort",
    summary = "Sorts records by fields or as a whole, using the disk when they are many.",
    accepts = {Kind.TEXT, Kind.JSON, Kind.BYTES},
    emits = Emitted.SAME,
    scope = Scope.STREAM)
public final class RecordsSort implements StreamProcessor<RecordsSort.Options> {

  /** How values are compared. */
  public enum As {
    @Doc("Numbers by value, texts by their characters.")
    VALUE,
    @Doc("All as texts: 10 comes before 9.")
    TEXT,
    @Doc("All as numbers, also those written as texts; what is none comes last.")
    NUMBER
  }

  /** Which comes first. */
  public enum Order {
    @Doc("The smallest.")
    ASC,
    @Doc("The largest.")
    DESC
  }

  /** Options of {@code records.sort}. */
  public record Options(
      @Doc(
              "The fields, the most important first; `-price` turns the direction of one. None: the record as a whole.")
          @Accepts(Kind.JSON)
          @Default("[]")
          List<String> by,
      @Doc("Which comes first.") @Default("asc") Order order,
      @Doc("How values are compared.") @Default("value") As as,
      @Doc("About how many bytes of records to hold in memory.") @Default("16777216") long memory) {

    /** Checks what types cannot say. */
    public Options {
      by = List.copyOf(by);
      if (memory < 1) {
        throw new IllegalArgumentException("memory must be at least 1");
      }
      try {
        SortKey.of(by, as, order == Order.DESC);
      } catch (IllegalArgumentException wrong) {
        throw new IllegalArgumentException("by: " + wrong.getMessage(), wrong);
      }
    }

    private SortKey key() {
      boolean descending = order == Order.DESC;
      return by.isEmpty() ? SortKey.ofRecord(as, descending) : SortKey.of(by, as, descending);
    }
  }

  @Override
  public void process(Options options, Input in, Output out, StepContext context)
      throws IOException {
    SortKey key = options.key();
    try (var sorter = new Sorter(context.folder(), options.memory(), context::checkCancelled)) {
      for (DataRecord record : in) {
        try {
          sorter.add(key.of(record), record);
        } catch (Rejected rejected) {
          out.reject(record, rejected.reason());
        }
      }
      sorter.finish(out::emit);
    } catch (ClosedByInterruptException interrupted) {
      throw new Cancelled();
    }
  }
}
