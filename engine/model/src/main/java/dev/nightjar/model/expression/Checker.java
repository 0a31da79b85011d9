package dev.nightjar.model.expression;

import dev.nightjar.model.diagnostic.Code;
import dev.nightjar.model.diagnostic.Suggestions;
import dev.nightjar.spi.FieldPath.Part;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.node.NullNode;

/**
 * Finds the types of an expression's parts, notes what does not fit, and makes the nodes that
 * evaluate it. A part with a mistake is of any type, so that one mistake is told once.
 */
final class Checker {

  /** Names that a hint lists before it stops being read. */
  private static final int LISTED = 12;

  /** A part: its type, and the node that evaluates it. */
  record Typed(Type type, Node node) {}

  private static final Typed MISTAKE =
      new Typed(Type.ANY, new Node.Constant(NullNode.getInstance()));

  private final String text;
  private final Map<String, Type> names;
  private final Notes notes;
  private final Set<List<String>> references = new LinkedHashSet<>();
  private final CallChecker calls;

  Checker(String text, Map<String, Type> names, Notes notes) {
    this.text = text;
    this.names = names;
    this.notes = notes;
    this.calls = new CallChecker(this, names, notes);
  }

  Set<List<String>> references() {
    return references;
  }

  void addReference(List<String> reference) {
    references.add(reference);
  }

  /** What a message quotes of a part. */
  String quoted(Syntax syntax) {
    return Mistake.cut(text.substring(syntax.start(), syntax.end()).strip());
  }

  Typed mistake(Code code, Syntax at, String message, String... hints) {
    notes.add(code, at.start(), at.end(), message, hints);
    return MISTAKE;
  }

  /** Checks a part and notes the path that it is. */
  Typed check(Syntax syntax) {
    Typed typed = part(syntax);
    if (typed.node() instanceof Path path) {
      references.add(path.reference());
    }
    return typed;
  }

  /** Checks a part; a path may still go on. */
  private Typed part(Syntax syntax) {
    return switch (syntax) {
      case Syntax.Literal literal ->
          new Typed(Types.of(literal.value()), new Node.Constant(literal.value()));
      case Syntax.Name name -> name(name);
      case Syntax.Group group -> part(group.inner());
      case Syntax.Member member -> member(member);
      case Syntax.Index index -> index(index);
      case Syntax.Call call -> calls.call(call);
      case Syntax.Not not -> new Typed(Type.BOOL, new Nodes.Not(truth(not.operand(), "`!`")));
      case Syntax.Negation negation -> negation(negation);
      case Syntax.Binary binary -> binary(binary);
      case Syntax.Logic logic -> logic(logic);
      case Syntax.Choice choice -> choice(choice);
      case Syntax.ListLiteral list -> list(list);
      case Syntax.MapLiteral map -> map(map);
    };
  }

  private Typed name(Syntax.Name name) {
    Type type = names.get(name.name());
    if (type != null) {
      return new Typed(type, Path.of(name.name()));
    }
    String fallback =
        Functions.ALL.containsKey(name.name())
            ? "write `" + name.name() + "(…)` to call the function"
            : "text stands in quotes; names known here: " + listed(names.keySet());
    return mistake(
        Code.UNKNOWN_NAME,
        name,
        "there is no `" + Mistake.cut(name.name()) + "` here",
        Suggestions.hint(name.name(), names.keySet(), fallback));
  }

  static String listed(Set<String> names) {
    if (names.isEmpty()) {
      return "none";
    }
    List<String> sorted = List.copyOf(new TreeSet<>(names));
    String joined = String.join(", ", sorted.subList(0, Math.min(LISTED, sorted.size())));
    return sorted.size() > LISTED ? joined + ", …" : joined;
  }

  private Typed member(Syntax.Member member) {
    Typed target = part(member.target());
    var key = new Syntax.Literal(member.name(), member.nameStart(), member.end());
    return element(member, target, key);
  }

  private Typed index(Syntax.Index index) {
    Typed target = part(index.target());
    Syntax key = index.key();
    while (key instanceof Syntax.Group group) {
      key = group.inner();
    }
    if (key instanceof Syntax.Literal literal) {
      return element(index, target, literal);
    }
    noteReference(target);
    return computed(index, target, check(key));
  }

  /** {@code target.key} or {@code target["key"]} or {@code target[0]}. */
  private Typed element(Syntax whole, Typed target, Syntax.Literal key) {
    Type type = elementType(whole, target.type(), key);
    if (target.node() instanceof Path path) {
      if (key.value() instanceof String name) {
        return new Typed(type, path.then(new Part.Key(name)));
      }
      if (key.value() instanceof Long at && at >= 0 && at <= Integer.MAX_VALUE) {
        return new Typed(type, path.then(new Part.Index(at.intValue())));
      }
    }
    return computed(whole, target, key, type);
  }

  private Typed computed(Syntax whole, Typed target, Syntax.Literal key, Type type) {
    noteReference(target);
    return new Typed(
        type, new Nodes.Element(target.node(), new Node.Constant(key.value()), quoted(whole)));
  }

  private void noteReference(Typed typed) {
    if (typed.node() instanceof Path path) {
      references.add(path.reference());
    }
  }

  private Typed computed(Syntax.Index whole, Typed target, Typed key) {
    Type type =
        switch (target.type()) {
          case Type.ListOf list when Types.isNumber(key.type()) || key.type() == Type.ANY ->
              list.element();
          case Type.MapOf map when isKey(key.type()) -> map.value();
          case Type.Fields fields when isKey(key.type()) -> Type.ANY;
          case Type.Simple simple when simple == Type.Simple.ANY -> Type.ANY;
          default -> badKey(whole.key(), target.type(), key.type());
        };
    return new Typed(type, new Nodes.Element(target.node(), key.node(), quoted(whole)));
  }

  private static boolean isKey(Type type) {
    return type == Type.ANY || type == Type.STRING || type == Type.BOOL || Types.isNumber(type);
  }

  private Type badKey(Syntax key, Type container, Type type) {
    String hint =
        container == Type.STRING
            ? "write text.charAt(0) or text.substring(0, 1)"
            : "lists have elements by number, maps by key";
    mistake(
        Code.TYPE_MISMATCH,
        key,
        Types.article(container) + " has no elements by " + Types.name(type),
        hint);
    return Type.ANY;
  }

  private Type elementType(Syntax whole, Type container, Syntax.Literal key) {
    Type keyType = Types.of(key.value());
    return switch (container) {
      case Type.ListOf list when Types.isNumber(keyType) -> list.element();
      case Type.MapOf map when isKey(keyType) -> map.value();
      case Type.Fields fields when key.value() instanceof String name ->
          field(whole, fields, name, key);
      case Type.Simple simple when simple == Type.Simple.ANY -> Type.ANY;
      default ->
          whole instanceof Syntax.Member member
              ? noFields(member, container)
              : badKey(key, container, keyType);
    };
  }

  private Type noFields(Syntax.Member member, Type container) {
    notes.add(
        Code.TYPE_MISMATCH,
        member.nameStart(),
        member.end(),
        "`" + quoted(member.target()) + "` is " + Types.article(container) + " and has no fields");
    return Type.ANY;
  }

  private Type field(Syntax whole, Type.Fields fields, String name, Syntax.Literal key) {
    Type type = fields.fields().get(name);
    if (type != null) {
      return type;
    }
    Syntax owner =
        whole instanceof Syntax.Member member ? member.target() : ((Syntax.Index) whole).target();
    Set<String> known = fields.fields().keySet();
    mistake(
        Code.UNKNOWN_NAME,
        key,
        "`" + quoted(owner) + "` has no `" + Mistake.cut(name) + "`",
        isSecret(owner, name)
            ? "a secret input is read as `secrets." + name + "`"
            : Suggestions.hint(name, known, "it has: " + listed(known)));
    return Type.ANY;
  }

  /** Secret inputs stand among the secrets, so that what is made of them is kept secret. */
  private boolean isSecret(Syntax owner, String name) {
    return quoted(owner).equals("inputs")
        && names.get("secrets") instanceof Type.Fields secrets
        && secrets.fields().containsKey(name);
  }

  private Node truth(Syntax syntax, String what) {
    Typed typed = check(syntax);
    if (typed.type() != Type.ANY && typed.type() != Type.BOOL) {
      mistake(
          Code.TYPE_MISMATCH,
          syntax,
          what
              + " takes true or false, but `"
              + quoted(syntax)
              + "` is "
              + Types.article(typed.type()),
          truthHint(syntax, typed.type()));
    }
    return typed.node();
  }

  private String truthHint(Syntax syntax, Type type) {
    String shown = quoted(syntax);
    return switch (type) {
      case Type.Simple.STRING -> "write " + shown + " != \"\"";
      case Type.Simple.INT, Type.Simple.DOUBLE -> "write " + shown + " != 0";
      case Type.Simple simple -> "compare it with something";
      default -> "write size(" + shown + ") > 0";
    };
  }

  private Typed negation(Syntax.Negation negation) {
    Typed operand = check(negation.operand());
    if (operand.type() != Type.ANY && !Types.isNumber(operand.type())) {
      return mistake(
          Code.TYPE_MISMATCH, negation, "`-` does not take " + Types.article(operand.type()));
    }
    return new Typed(operand.type(), new Nodes.Negation(operand.node()));
  }

  private Typed binary(Syntax.Binary binary) {
    Typed left = check(binary.left());
    Typed right = check(binary.right());
    Operator operator = binary.operator();
    Type type = operator.type(left.type(), right.type());
    if (type == null) {
      return Mismatches.note(this, binary, left.type(), right.type());
    }
    return new Typed(type, new Nodes.Binary(operator, left.node(), right.node(), quoted(binary)));
  }

  private Typed logic(Syntax.Logic logic) {
    List<Node> operands = new ArrayList<>();
    for (Syntax operand : logic.operands()) {
      operands.add(truth(operand, logic.and() ? "`&&`" : "`||`"));
    }
    return new Typed(Type.BOOL, new Nodes.Logic(logic.and(), List.copyOf(operands)));
  }

  private Typed choice(Syntax.Choice choice) {
    Node test = truth(choice.test(), "`? :`");
    Typed then = check(choice.then());
    Typed otherwise = check(choice.otherwise());
    return new Typed(
        Types.either(then.type(), otherwise.type()),
        new Nodes.Choice(test, then.node(), otherwise.node()));
  }

  private Typed list(Syntax.ListLiteral list) {
    List<Typed> elements = checkAll(list.elements());
    return new Typed(new Type.ListOf(common(elements)), new Nodes.ListOf(nodes(elements)));
  }

  private Typed map(Syntax.MapLiteral map) {
    List<Typed> keys = checkAll(map.keys());
    List<Typed> values = checkAll(map.values());
    for (int i = 0; i < keys.size(); i++) {
      Type type = keys.get(i).type();
      if (!isKey(type) || type == Type.DOUBLE) {
        mistake(Code.TYPE_MISMATCH, map.keys().get(i), Types.article(type) + " is no key of a map");
      }
    }
    return new Typed(new Type.MapOf(common(values)), new Nodes.MapOf(nodes(keys), nodes(values)));
  }

  List<Typed> checkAll(List<Syntax> parts) {
    List<Typed> checked = new ArrayList<>();
    for (Syntax part : parts) {
      checked.add(check(part));
    }
    return checked;
  }

  static List<Node> nodes(List<Typed> parts) {
    return parts.stream().map(Typed::node).toList();
  }

  private static Type common(List<Typed> parts) {
    return parts.stream().map(Typed::type).reduce(Types::either).orElse(Type.ANY);
  }
}
