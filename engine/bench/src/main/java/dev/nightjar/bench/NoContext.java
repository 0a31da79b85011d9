package dev.nightjar.bench;

import dev.nightjar.spi.Measurement;
import dev.nightjar.spi.StepContext;
import dev.nightjar.stage.Attempt;
import dev.nightjar.stage.AttemptContext;
import dev.nightjar.stage.Meter;
import dev.nightjar.stage.StepServices;
import dev.nightjar.stage.Surroundings;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;
import tools.jackson.databind.JsonNode;

/** What steps get that need nothing of a run. */
final class NoContext implements StepServices {

  static final StepServices SERVICES = new NoContext();

  static final StepContext STEP =
      new AttemptContext(
          SERVICES, "step", "key", 1, new Attempt(), new Meter().begin(), temporary(), List.of());

  private NoContext() {}

  private static Path temporary() {
    return Path.of(System.getProperty("java.io.tmpdir"));
  }

  @Override
  public Path folder() {
    return temporary();
  }

  @Override
  public Surroundings surroundings() {
    return new Surroundings(
        Clock.systemUTC(), System::nanoTime, new SplittableRandom(1), Thread::sleep, folder());
  }

  @Override
  public Duration grace() {
    return Duration.ofSeconds(1);
  }

  @Override
  public String run() {
    return "bench";
  }

  @Override
  public Map<String, String> env() {
    return Map.of();
  }

  @Override
  public Path resolve(String path) {
    return folder().resolve(path);
  }

  @Override
  public Path writable(Path path) {
    return path;
  }

  @Override
  public String display(Path path) {
    return path.toString();
  }

  @Override
  public void log(String step, Level level, String message, @Nullable JsonNode data) {}

  @Override
  public void measure(String step, String series, Measurement point) {}

  @Override
  public List<Measurement> measurements(String series) {
    return List.of();
  }
}
