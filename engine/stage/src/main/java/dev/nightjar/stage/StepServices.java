package dev.nightjar.stage;

import dev.nightjar.spi.Measurement;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;
import tools.jackson.databind.JsonNode;

/** What a step's context takes from the run it belongs to. */
public interface StepServices {

  Surroundings surroundings();

  /** How long a step that was interrupted may take to answer. */
  Duration grace();

  /** The run's id, part of every step key. */
  String run();

  /** The run's, for what is to be found when this process is gone; made when first needed. */
  Path folder();

  Map<String, String> env();

  /** A path of the workflow, absolute. */
  Path resolve(String path);

  /** As {@link dev.nightjar.spi.StepContext#writable}. */
  Path writable(Path path);

  /** As {@link dev.nightjar.spi.StepContext#display}. */
  String display(Path path);

  void log(String step, Level level, String message, @Nullable JsonNode data);

  void measure(String step, String series, Measurement point);

  List<Measurement> measurements(String series);
}
