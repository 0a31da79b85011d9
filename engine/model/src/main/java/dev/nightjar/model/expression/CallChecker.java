package dev.nightjar.model.expression;

import dev.nightjar.model.diagnostic.Code;
import dev.nightjar.model.diagnostic.Suggestions;
import dev.nightjar.model.expression.Checker.Typed;
import dev.nightjar.spi.FieldPath.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Checks the calls of an expression. */
final class CallChecker {

  private static final Set<String> MACROS =
      Set.of("all", "exists", "exists_one", "map", "filter", "existsOne", "transformList", "bind");

  /** As in GitHub Actions: how the steps before ended. */
  private static final Set<String> STATUS = Set.of("success", "failure", "cancelled", "always");

  private static final String STATUS_NAME = "status";

  /** Functions that read text: what they cannot read is a mistake before the run. */
  private static final Set<String> READERS =
      Set.of("timestamp", "duration", "int", "double", "bool");

  private final Checker checker;
  private final Map<String, Type> names;
  private final Notes notes;

  CallChecker(Checker checker, Map<String, Type> names, Notes notes) {
    this.checker = checker;
    this.names = names;
    this.notes = notes;
  }

  Typed call(Syntax.Call call) {
    Syntax target = call.target();
    if (target == null && call.name().equals("has")) {
      return has(call);
    }
    if (target == null && STATUS.contains(call.name())) {
      return status(call);
    }
    if (target != null && MACROS.contains(call.name())) {
      return noMacro(call);
    }
    if (target instanceof Syntax.Name space && isNamespace(space.name())) {
      String name = space.name() + "." + call.name();
      return function(call, name, false, checker.checkAll(call.arguments()));
    }
    List<Syntax> all = new ArrayList<>(call.arguments());
    if (target != null) {
      all.addFirst(target);
    }
    return function(call, call.name(), target != null, checker.checkAll(all));
  }

  private boolean isNamespace(String name) {
    return name.equals("math") && !names.containsKey(name);
  }

  private Typed noMacro(Syntax.Call call) {
    notes.add(
        Code.BAD_EXPRESSION,
        call.nameStart(),
        call.nameStart() + call.name().length(),
        "`" + call.name() + "` is not part of the language: expressions have no loops",
        "records.filter and flow.foreach look at one after the other");
    return new Typed(Type.ANY, new Node.Constant(false));
  }

  private Typed has(Syntax.Call call) {
    int before = notes.count();
    List<Typed> arguments = checker.checkAll(call.arguments());
    if (notes.count() > before) {
      return new Typed(Type.BOOL, new Node.Constant(false));
    }
    if (arguments.size() == 1
        && arguments.getFirst().node() instanceof Node.Field field
        && !(field instanceof Path path && path.keys().isEmpty())) {
      return new Typed(Type.BOOL, new Nodes.Has(field));
    }
    return checker.mistake(
        Code.TYPE_MISMATCH, call, "`has` takes one field", "write has(record.customer.name)");
  }

  private Typed status(Syntax.Call call) {
    if (!call.arguments().isEmpty()) {
      return checker.mistake(Code.TYPE_MISMATCH, call, "`" + call.name() + "()` takes no argument");
    }
    if (!names.containsKey(STATUS_NAME)) {
      return checker.mistake(
          Code.UNKNOWN_NAME,
          call,
          "`" + call.name() + "()` has no meaning here",
          "a step's `if` can ask how the steps before it ended");
    }
    checker.addReference(List.of(STATUS_NAME, call.name()));
    Node node =
        call.name().equals("always")
            ? new Node.Constant(true)
            : Path.of(STATUS_NAME).then(new Part.Key(call.name()));
    return new Typed(Type.BOOL, node);
  }

  private Typed function(Syntax.Call call, String name, boolean member, List<Typed> arguments) {
    List<Overload> all = Functions.ALL.get(name);
    if (all == null) {
      return unknown(call, name);
    }
    List<Overload> candidates = all.stream().filter(one -> one.member() == member).toList();
    if (candidates.isEmpty()) {
      return otherForm(call, name, all.getFirst());
    }
    List<Type> types = arguments.stream().map(Typed::type).toList();
    List<Overload> fitting = candidates.stream().filter(one -> one.takes(types)).toList();
    if (fitting.isEmpty()) {
      return mismatch(call, name, candidates, types);
    }
    Type result = fitting.stream().map(Overload::result).reduce(Types::either).orElseThrow();
    return bound(call, name, fitting, arguments, result);
  }

  private Typed bound(
      Syntax.Call call, String name, List<Overload> fitting, List<Typed> arguments, Type result) {
    List<Node> nodes = Checker.nodes(arguments);
    Node last = nodes.getLast();
    var node = new Nodes.Call(name, fitting, nodes, checker.quoted(call));
    if (!(last instanceof Node.Constant constant)) {
      return new Typed(result, node);
    }
    try {
      if (name.equals("matches") && constant.value() instanceof String pattern) {
        return new Typed(result, new Nodes.Search(nodes.getFirst(), Matches.compile(pattern)));
      }
      if (READERS.contains(name) && constant.value() instanceof String) {
        return new Typed(result, new Node.Constant(read(fitting, constant.value())));
      }
    } catch (EvaluationException e) {
      Syntax at = call.arguments().isEmpty() ? call : call.arguments().getLast();
      return checker.mistake(Code.BAD_EXPRESSION, at, String.valueOf(e.getMessage()));
    }
    return new Typed(result, node);
  }

  private static Object read(List<Overload> fitting, Object value) {
    return fitting.getFirst().body().apply(new Object[] {value});
  }

  private Typed unknown(Syntax.Call call, String name) {
    String fallback =
        name.equals("uint")
            ? "there are no unsigned numbers; write int(…)"
            : "functions are: "
                + String.join(", ", Functions.ALL.keySet().stream().sorted().toList());
    notes.add(
        Code.UNKNOWN_NAME,
        call.nameStart(),
        call.nameStart() + call.name().length(),
        "there is no function `" + Mistake.cut(name) + "`",
        Suggestions.hint(name, Functions.ALL.keySet(), fallback));
    return new Typed(Type.ANY, new Node.Constant(false));
  }

  private Typed otherForm(Syntax.Call call, String name, Overload form) {
    return checker.mistake(
        Code.TYPE_MISMATCH,
        call,
        "`" + name + "` is called " + (form.member() ? "on" : "with") + " a value",
        "write " + form.shown(name));
  }

  private Typed mismatch(
      Syntax.Call call, String name, List<Overload> candidates, List<Type> types) {
    String expected = String.join(" or ", candidates.stream().map(one -> one.shown(name)).toList());
    List<Overload> counted =
        candidates.stream().filter(one -> one.takesCount(types.size())).toList();
    if (counted.isEmpty()) {
      return checker.mistake(
          Code.TYPE_MISMATCH,
          call,
          "`" + name + "` does not take " + arguments(call.arguments().size()),
          "it is called " + expected);
    }
    int wrong = firstWrong(counted, types);
    return checker.mistake(
        Code.TYPE_MISMATCH,
        argument(call, wrong, types.size()),
        "`" + name + "` does not take " + Types.article(types.get(wrong)) + " here",
        "it is called " + expected);
  }

  private static String arguments(int count) {
    return count == 1 ? "1 argument" : count + " arguments";
  }

  /** The first argument that no overload takes at its place. */
  private static int firstWrong(List<Overload> counted, List<Type> types) {
    for (int i = 0; i < types.size(); i++) {
      int index = i;
      if (counted.stream().noneMatch(one -> one.takes(index, types.get(index)))) {
        return i;
      }
    }
    return types.size() - 1;
  }

  /** The argument at an index that counts the value it is called on. */
  private static Syntax argument(Syntax.Call call, int index, int count) {
    int own = index - (count - call.arguments().size());
    Syntax target = call.target();
    return own < 0 && target != null ? target : call.arguments().get(own);
  }
}
