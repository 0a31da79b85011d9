package dev.nightjar.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.LongAdder;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * The least that can run a workflow of steps that do nothing: reads the YAML, and starts a virtual
 * thread a step once those it needs have ended. Prints how many there were.
 */
final class BareSteps {

  private BareSteps() {}

  /** One step, and the latch that opens when it has ended. */
  private record Step(List<CountDownLatch> needs, CountDownLatch ended) {

    void run(LongAdder done) {
      try {
        for (CountDownLatch need : needs) {
          need.await();
        }
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      done.increment();
      ended.countDown();
    }
  }

  /** Argument: the workflow. */
  public static void main(String[] args) throws InterruptedException {
    System.out.println(run(Path.of(args[0])));
  }

  /** Gives how many steps there were. */
  static long run(Path file) throws InterruptedException {
    JsonNode workflow = new YAMLMapper().readTree(file);
    var done = new LongAdder();
    List<Step> steps = steps(workflow.path("steps"));
    for (Step step : steps) {
      Thread.startVirtualThread(() -> step.run(done));
    }
    for (Step step : steps) {
      step.ended().await();
    }
    return done.sum();
  }

  /** As Nightjar has it: a step without `needs` waits for the one above. */
  private static List<Step> steps(JsonNode nodes) {
    var steps = new ArrayList<Step>(nodes.size());
    Map<String, CountDownLatch> byId = new HashMap<>();
    CountDownLatch above = new CountDownLatch(0);
    for (JsonNode node : nodes) {
      var needs = new ArrayList<CountDownLatch>();
      if (node.has("needs")) {
        node.path("needs").forEach(id -> needs.add(byId.get(id.asString())));
      } else {
        needs.add(above);
      }
      above = new CountDownLatch(1);
      byId.put(node.path("id").asString(), above);
      steps.add(new Step(needs, above));
    }
    return steps;
  }
}
