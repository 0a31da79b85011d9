package dev.nightjar.cli;

import dev.nightjar.daemon.Resolution;
import dev.nightjar.runtime.History;
import dev.nightjar.runtime.journal.Event;
import dev.nightjar.store.StoredRun;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Says what became of a step that a crash interrupted and that may not be repeated. */
final class ResolveCommand implements Command {

  @Override
  public String name() {
    return "resolve";
  }

  @Override
  public String summary() {
    return "Say what became of a step that a crash interrupted.";
  }

  @Override
  public List<Syntax.Operand> operands() {
    return List.of(
        KnownRuns.OPERAND,
        new Syntax.Operand("STEP", false, "The step's path, as `nightjar resume RUN` names it."));
  }

  @Override
  public List<Syntax.Option> options() {
    List<Syntax.Option> all = new ArrayList<>();
    all.add(Syntax.Option.flag("It has done its work; it is not run again.", "--succeeded"));
    all.add(Syntax.Option.flag("It has not, or may do it twice; it is run again.", "--again"));
    all.add(
        Syntax.Option.repeatable(
            "--output",
            "NAME=VALUE",
            "With --succeeded: an output that the step would have had; text or JSON; repeatable."));
    all.addAll(Home.IN_CURRENT_FOLDER);
    return all;
  }

  @Override
  public int run(Arguments arguments, Console console) throws InterruptedException {
    boolean succeeded = arguments.flag("--succeeded");
    if (succeeded == arguments.flag("--again")) {
      throw new WrongUsage("say one of `--succeeded` and `--again`");
    }
    ObjectNode outputs = outputs(arguments.texts("--output"));
    if (!succeeded && !outputs.isEmpty()) {
      throw new WrongUsage("a step that runs again makes its own outputs; leave out `--output`");
    }
    String step = arguments.operand(1);
    return KnownRuns.with(
        arguments,
        console,
        (run, home, store) -> {
          KnownRuns.checkUnfinished(run);
          var answer = new Event.StepResolved(Machine.clock().instant(), step, succeeded, outputs);
          History now = Resolution.resolve(store, run, answer);
          console.print(next(run, answer, now, home));
          return ExitCode.SUCCEEDED;
        });
  }

  private static String next(StoredRun run, Event.StepResolved answer, History now, Home home) {
    String said = answer.succeeded() ? "has done its work" : "will run again";
    List<String> left = Resolution.steps(now);
    String todo =
        left.isEmpty()
            ? "go on with `nightjar resume " + run.id() + home.asTyped() + "`"
            : "still to answer: " + String.join(", ", left);
    return "`%s` of run %s %s; %s\n".formatted(answer.step(), run.id(), said, todo);
  }

  private static ObjectNode outputs(List<String> pairs) {
    ObjectNode outputs = JsonNodeFactory.instance.objectNode();
    for (String pair : pairs) {
      int equals = pair.indexOf('=');
      if (equals < 1) {
        throw new WrongUsage("`--output` needs NAME=VALUE, not `" + pair + "`");
      }
      outputs.set(pair.substring(0, equals), value(pair.substring(equals + 1)));
    }
    return outputs;
  }

  /** JSON as it is, anything else as text. */
  private static JsonNode value(String text) {
    try {
      JsonNode json = JsonMapper.shared().readTree(text);
      return json.isMissingNode() ? JsonNodeFactory.instance.stringNode(text) : json;
    } catch (JacksonException e) {
      return JsonNodeFactory.instance.stringNode(text);
    }
  }
}
