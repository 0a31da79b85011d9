package dev.nightjar.plugin.memory;

import dev.nightjar.spi.Doc;
import dev.nightjar.spi.Measurement;
import dev.nightjar.spi.PermanentFailure;
import dev.nightjar.spi.ProcessorSpec;
import dev.nightjar.spi.ProcessorSpec.Effect;
import dev.nightjar.spi.ProcessorSpec.OutputSpec;
import dev.nightjar.spi.StepContext;
import dev.nightjar.spi.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the snapshots of the run so far say together. */
@ProcessorSpec(
    name = "memory.report",
    summary = "Sums up the memory snapshots of the run so far.",
    effect = Effect.IDEMPOTENT,
    outputs = {
      @OutputSpec(name = "count", type = "integer", summary = "How many snapshots there are."),
      @OutputSpec(
          name = "first",
          type = "map",
          summary = "`heap_used` and `resident` of the first snapshot, in bytes."),
      @OutputSpec(
          name = "last",
          type = "map",
          summary = "`heap_used` and `resident` of the last one, in bytes."),
      @OutputSpec(
          name = "change",
          type = "map",
          summary = "From the first to the last, in bytes; negative when it shrank."),
      @OutputSpec(
          name = "peak",
          type = "map",
          summary = "The largest of any snapshot, in bytes; between two it may have been more."),
      @OutputSpec(name = "average", type = "map", summary = "The mean of the snapshots, in bytes.")
    })
public final class Report implements Task<Report.Options> {

  public record Options(
      @Doc("Where to write the figures and every snapshot as JSON; if absent, nowhere.")
          @Nullable Path path) {}

  @Override
  public void run(Options options, StepContext context) throws IOException {
    List<Measurement> snapshots = context.measurements(ProcessMemory.SERIES);
    var summary = MemorySummary.of(snapshots);
    summary.figures().forEachEntry(context::output);
    context.log().info("{}", summary);
    if (options.path() != null) {
      Path target = context.writable(options.path());
      if (Files.isDirectory(target)) {
        throw new PermanentFailure(
            context.display(target) + " is a folder; path must name the file to write");
      }
      write(target, summary.json(snapshots), context);
    }
  }

  /** Whoever reads the file sees all of it or what was there before. */
  private static void write(Path target, String json, StepContext context) throws IOException {
    Path folder = target.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    long chance = context.random().nextLong();
    Path beside =
        target.resolveSibling("." + target.getFileName() + "." + Long.toHexString(chance));
    try {
      Files.writeString(beside, json);
      Files.move(
          beside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(beside);
    }
  }
}
