package dev.nightjar.model;

import dev.nightjar.model.diagnostic.Place;
import dev.nightjar.model.expression.Interpolation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a YAML file describes, free of mistakes.
 *
 * @param file the file, absolute
 * @param timeouts named durations, the built-in ones included
 * @param secrets the names of what is read from the environment or a file
 * @param plugins the version ranges asked for, by plugin id
 * @param outputs the run's outputs; a value is text, list or map with expressions in it
 */
public record Workflow(
    Path file,
    String name,
    @Nullable String description,
    List<InputDeclaration> inputs,
    List<Trigger> triggers,
    @Nullable Concurrency concurrency,
    Map<String, Duration> timeouts,
    Map<String, Interpolation> env,
    List<SecretDeclaration> secrets,
    Map<String, String> plugins,
    List<Step> steps,
    List<Step> onFailure,
    List<Step> onSuccess,
    List<Step> finallySteps,
    Map<String, ValueTemplate> outputs) {

  /** Where paths start: the folder of the file. */
  public Path folder() {
    return Objects.requireNonNull(file.getParent());
  }

  /**
   * How many runs at once, and what happens to the next.
   *
   * @param pool the runs that are counted together: those of this workflow, by its name, unless it
   *     shares a pool with others
   */
  public record Concurrency(String pool, int limit, Overlap overlap) {}

  /** What happens to a run that would be one too many. */
  public enum Overlap {
    QUEUE,
    SKIP,
    CANCEL_RUNNING,
    FAIL
  }

  /** A secret: from an environment variable or a file, never shown. */
  public record SecretDeclaration(
      Place place, String name, @Nullable String env, @Nullable Path file) {}
}
