package dev.nightjar.daemon.api;

import dev.nightjar.daemon.Operations;
import dev.nightjar.daemon.RefusedException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes down what is asked for, and fails when a test says so. */
final class RecordingOperations implements Operations {

  final List<String> calls = Collections.synchronizedList(new ArrayList<>());
  volatile @Nullable RuntimeException failure;
  volatile boolean seen;

  private void call(String what, @Nullable Object... with) {
    calls.add(what + " " + String.join(" ", Arrays.stream(with).map(String::valueOf).toList()));
    RuntimeException thrown = failure;
    if (thrown != null) {
      throw thrown;
    }
  }

  @Override
  public Started start(
      String workflow,
      ObjectNode inputs,
      String by,
      @Nullable String key,
      @Nullable String traceparent) {
    call("start", workflow, inputs, by, key, traceparent);
    return new Started("r9", !seen);
  }

  @Override
  public Started hook(
      String workflow,
      String trigger,
      String token,
      @Nullable JsonNode body,
      @Nullable String key,
      @Nullable String traceparent) {
    call("hook", workflow, trigger, token, body, key, traceparent);
    return new Started("r9", !seen);
  }

  @Override
  public boolean cancel(String run, String reason) {
    call("cancel", run, reason);
    return !seen;
  }

  @Override
  public void resume(String run) {
    call("resume", run);
    if (seen) {
      throw new RefusedException("somebody has it");
    }
  }

  @Override
  public Rerun rerun(String run, @Nullable String from, ObjectNode inputs, String by) {
    call("rerun", run, from, inputs, by);
    return new Rerun("r9", List.of("a warning"));
  }

  @Override
  public List<String> resolve(String run, String step, boolean succeeded, ObjectNode outputs) {
    call("resolve", run, step, succeeded, outputs);
    return List.of("other");
  }
}
