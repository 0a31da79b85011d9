package dev.nightjar.plugin.flow;

import dev.nightjar.spi.Default;
import dev.nightjar.spi.Doc;
import dev.nightjar.spi.ProcessorSpec;
import dev.nightjar.spi.StepContext;
import dev.nightjar.spi.Task;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;
import tools.jackson.databind.JsonNode;

/** A line of the author's own in the run's log. */
@ProcessorSpec(name = "flow.log", summary = "Writes a line to the run's log.")
public final class Log implements Task<Log.Options> {

  public record Options(
      @Doc("The line.") String message,
      @Doc("How much it matters.") @Default("info") Severity level,
      @Doc("Values to keep with the line, of any kind.") @Nullable JsonNode data) {}

  /** How much a line matters. */
  enum Severity {
    @Doc("Every detail, for finding a mistake.")
    TRACE,
    @Doc("How it works, for those who want to know.")
    DEBUG,
    @Doc("What was done.")
    INFO,
    @Doc("Something to look at; the run goes on.")
    WARN,
    @Doc("Something went wrong.")
    ERROR
  }

  @Override
  public void run(Options options, StepContext context) {
    var line = context.log().atLevel(Level.valueOf(options.level().name()));
    if (options.data() != null) {
      line = line.addKeyValue("data", options.data());
    }
    line.log(options.message());
  }
}
