package dev.nightjar.runtime;

import dev.nightjar.model.Step;
import dev.nightjar.runtime.OptionsBinder.Bound;
import dev.nightjar.runtime.cache.NamedFiles.Look;
import dev.nightjar.runtime.cache.ResultCache.Kept;
import dev.nightjar.runtime.cache.ResultCache.Result;
import dev.nightjar.runtime.cache.WorkKey;
import dev.nightjar.runtime.journal.Event;
import dev.nightjar.spi.ProcessorSpec.Effect;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The outputs of a step about no records, kept for later runs.
 *
 * <p>A step that leaves files behind, where its options name them, has to do so again when they are
 * not there: what it did is known by how the files look afterwards. Of one that is pure the files
 * are what it has read, and nothing is kept when they changed meanwhile.
 */
final class TaskCache {

  private final RunContext run;
  private final BlockState state;
  private final Step step;
  private final Step.Cache setting;
  private final WorkKey before;

  private TaskCache(
      RunContext run, BlockState state, Step step, Step.Cache setting, WorkKey before) {
    this.run = run;
    this.state = state;
    this.step = step;
    this.setting = setting;
    this.before = before;
  }

  /** The cache of a step that begins; null when it has none, or it cannot be told what it reads. */
  static @Nullable TaskCache of(RunContext run, BlockState state, Step step) {
    Step.Cache setting = step.cache();
    if (setting == null) {
      return null;
    }
    try {
      return new TaskCache(run, state, step, setting, key(run, state, step, setting));
    } catch (IOException e) {
      state.emit(StageCache.unusable(run, state.path(step.id()), e));
      return null;
    }
  }

  private static WorkKey key(RunContext run, BlockState state, Step step, Step.Cache setting)
      throws IOException {
    Bound bound = run.bind(step, state);
    var description = new WorkDescription(run, state);
    description.add(step, bound.processor(), bound.options(), Look.CONTENTS);
    description.add(setting);
    String place = run.workflow() + "/" + state.path(step.id());
    return new WorkKey(place, description.work(), new TreeMap<>());
  }

  /** What the step has published when it did the same; null when that is not known. */
  @Nullable Map<String, JsonNode> find() {
    Result known = run.cache().find(List.of(before), setting.ttl()).get(before);
    String path = state.path(step.id());
    if (known == null) {
      var why = CacheReasons.of(before, run.cache().latest(before.place()));
      run.cache().used(List.of(), 1);
      state.emit(new Event.CacheAsked(run.now(), path, 0, 1, why));
      return null;
    }
    run.cache().used(List.of(before), 0);
    state.emit(new Event.CacheAsked(run.now(), path, 1, 0, List.of()));
    var outputs = new LinkedHashMap<String, JsonNode>();
    known.values().properties().forEach(one -> outputs.put(one.getKey(), one.getValue()));
    return outputs;
  }

  /** Keeps what the step has published, but what a secret is in. */
  void keep(Map<String, JsonNode> outputs) {
    ObjectNode values = JsonNodeFactory.instance.objectNode();
    outputs.forEach(values::set);
    if (!run.masks().hide(values).equals(values)) {
      return;
    }
    try {
      WorkKey after = key(run, state, step, setting);
      if (step.effect() != Effect.PURE || after.equals(before)) {
        var kept = new Kept(after, new Result(values, Map.of(), run.now()));
        run.cache().keep(List.of(kept), setting.ttl(), setting.memoryOnly());
      }
    } catch (IOException e) {
      state.emit(StageCache.unusable(run, state.path(step.id()), e));
    }
  }
}
