package dev.nightjar.stage;

import java.util.List;

/**
 * Steps that run together: maybe a source, record steps and stream steps, maybe a sink. Where it
 * does not begin with a source it reads what earlier stages left on disk.
 *
 * @param wanted whether anybody reads what the last step emits
 */
public record Stage(List<StageStep> steps, boolean wanted) {

  public Stage {
    steps = List.copyOf(steps);
  }
}
