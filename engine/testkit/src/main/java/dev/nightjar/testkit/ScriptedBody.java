package dev.nightjar.testkit;

import dev.nightjar.spi.Body;
import dev.nightjar.spi.BodyFailure;
import dev.nightjar.testkit.ProcessorTester.BodyCall;
import dev.nightjar.testkit.ProcessorTester.Script;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Nested steps that do what a script says, and a list of when they were run. */
final class ScriptedBody implements Body {

  private final Map<String, List<String>> blocks = new LinkedHashMap<>();
  private final List<BodyCall> calls = Collections.synchronizedList(new ArrayList<>());
  private Script script = call -> JsonNodeFactory.instance.objectNode();

  void add(String block, List<String> steps) {
    blocks.put(block, steps);
  }

  void run(Script script) {
    this.script = script;
  }

  List<BodyCall> calls() {
    return List.copyOf(calls);
  }

  @Override
  public List<String> blocks() {
    return List.copyOf(declared().keySet());
  }

  @Override
  public List<String> steps(String block) {
    List<String> steps = declared().get(block);
    if (steps == null) {
      throw new IllegalArgumentException("there is no block `" + block + "`");
    }
    return steps;
  }

  @Override
  public JsonNode run(String block, Map<String, JsonNode> bindings) throws BodyFailure {
    steps(block);
    return call(block, null, bindings);
  }

  @Override
  public List<String> branches(String block) {
    return steps(block);
  }

  @Override
  public JsonNode runBranch(String block, String branch, Map<String, JsonNode> bindings)
      throws BodyFailure {
    if (!steps(block).contains(branch)) {
      throw new IllegalArgumentException("block `" + block + "` has no branch `" + branch + "`");
    }
    return JsonNodeFactory.instance.objectNode().set(branch, call(block, branch, bindings));
  }

  private JsonNode call(String block, @Nullable String step, Map<String, JsonNode> bindings)
      throws BodyFailure {
    var call = new BodyCall(block, step, Map.copyOf(bindings));
    calls.add(call);
    return script.run(call);
  }

  private Map<String, List<String>> declared() {
    return blocks.isEmpty() ? Map.of(STEPS, List.of("nested")) : blocks;
  }
}
