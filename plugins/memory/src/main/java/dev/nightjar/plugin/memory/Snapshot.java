package dev.nightjar.plugin.memory;

import dev.nightjar.spi.Default;
import dev.nightjar.spi.Doc;
import dev.nightjar.spi.ProcessorSpec;
import dev.nightjar.spi.ProcessorSpec.OutputSpec;
import dev.nightjar.spi.StepContext;
import dev.nightjar.spi.Task;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;

/** One labelled look at the memory of the engine's process. */
@ProcessorSpec(
    name = "memory.snapshot",
    summary = "Notes how much memory the process uses now, under a label.",
    outputs = {
      @OutputSpec(
          name = "heap_used",
          type = "integer",
          summary = "Bytes of heap in use, garbage not yet collected included."),
      @OutputSpec(
          name = "heap_committed",
          type = "integer",
          summary = "Bytes of heap the process holds."),
      @OutputSpec(
          name = "heap_max",
          type = "integer",
          summary = "Bytes the heap may grow to; -1 when there is no limit."),
      @OutputSpec(
          name = "non_heap_used",
          type = "integer",
          summary = "Bytes of classes, compiled code and the like."),
      @OutputSpec(
          name = "resident",
          type = "integer",
          summary = "Bytes of the process in main memory; absent where the system does not say."),
      @OutputSpec(
          name = "gc_count",
          type = "integer",
          summary = "Collections since the process started."),
      @OutputSpec(name = "gc_millis", type = "integer", summary = "Milliseconds spent in them."),
      @OutputSpec(
          name = "threads",
          type = "integer",
          summary = "Live platform threads; virtual ones are not counted."),
      @OutputSpec(
          name = "classes",
          type = "list",
          summary =
              "With `histogram`, the classes with the most bytes: `class`, `instances`, `bytes`.")
    })
public final class Snapshot implements Task<Snapshot.Options> {

  public record Options(
      @Doc("What this point is called in the summary; if absent, the step's id.")
          @Nullable String label,
      @Doc("Ask for a garbage collection first, so that only what is needed counts.")
          @Default("false")
          boolean gc,
      @Doc(
              "How many classes to list, those with the most bytes first; 0 for none. Stops the"
                  + " process while it counts.")
          @Default("0")
          int histogram) {

    public Options {
      if (histogram < 0) {
        throw new IllegalArgumentException("histogram must not be negative");
      }
    }
  }

  @Override
  public void run(Options options, StepContext context) {
    if (options.gc()) {
      System.gc();
    }
    String label = options.label() == null ? context.step() : options.label();
    Map<String, Long> values = ProcessMemory.now();
    context.measure(ProcessMemory.SERIES, label, values);
    values.forEach(context::output);
    context.log().info("{}: {}", label, Sizes.line(values));
    if (options.histogram() > 0) {
      histogram(options, label, context);
    }
  }

  private static void histogram(Options options, String label, StepContext context) {
    ArrayNode classes = ClassHistogram.top(options.histogram());
    context.output("classes", classes);
    if (classes.isEmpty()) {
      context.log().warn("{}: this Java virtual machine gives no class histogram", label);
    } else {
      context.log().atInfo().addKeyValue("data", classes).log("{}: class histogram", label);
    }
  }
}
