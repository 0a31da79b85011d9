package dev.nightjar.model;

import dev.nightjar.model.expression.Type;
import dev.nightjar.model.options.ProcessorDeclaration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The names that expressions may use, with their types. */
final class Names {

  private static final Type ERROR =
      new Type.Fields(Map.of("message", Type.STRING, "step", Type.STRING, "code", Type.STRING));

  private static final Type STATUS =
      new Type.Fields(
          Map.of(
              "success", Type.BOOL,
              "failure", Type.BOOL,
              "cancelled", Type.BOOL,
              "always", Type.BOOL));

  /** What began the run; no files and no body where it was something else. */
  private static final Type TRIGGER =
      new Type.Fields(
          Map.of(
              "time", Type.STRING,
              "date", Type.STRING,
              "files", new Type.ListOf(Type.STRING),
              "body", Type.ANY));

  private Names() {}

  /** What every expression of a workflow may use. */
  static Map<String, Type> global(
      List<InputDeclaration> inputs, Collection<String> secrets, Collection<String> env) {
    var plain = new LinkedHashMap<String, Type>();
    var hidden = new LinkedHashMap<String, Type>();
    secrets.forEach(name -> hidden.put(name, Type.STRING));
    for (InputDeclaration input : inputs) {
      if (input.type() == InputDeclaration.Type.SECRET) {
        hidden.put(input.name(), Type.STRING);
      } else {
        plain.put(input.name(), type(input.type()));
      }
    }
    var variables = new LinkedHashMap<String, Type>();
    env.forEach(name -> variables.put(name, Type.STRING));
    var names = new LinkedHashMap<String, Type>();
    names.put("inputs", new Type.Fields(plain));
    names.put("secrets", new Type.Fields(hidden));
    names.put("env", new Type.Fields(variables));
    names.put("run", new Type.Fields(Map.of("id", Type.STRING, "started", Type.STRING)));
    names.put("trigger", TRIGGER);
    return names;
  }

  private static Type type(InputDeclaration.Type type) {
    return switch (type) {
      case STRING, DATE, DATETIME, DURATION, PATH, SECRET -> Type.STRING;
      case INTEGER -> Type.INT;
      case NUMBER -> Type.DOUBLE;
      case BOOLEAN -> Type.BOOL;
      case JSON -> Type.ANY;
      case LIST -> new Type.ListOf(Type.ANY);
    };
  }

  /** These names, and what a failed step left. */
  static Map<String, Type> withError(Map<String, Type> names) {
    return with(names, "error", ERROR);
  }

  /** These names, and those that a control step binds for its body. */
  static Map<String, Type> withBindings(
      Map<String, Type> names, @Nullable ProcessorDeclaration control) {
    var more = new LinkedHashMap<>(names);
    if (control != null) {
      control.bindings().forEach(name -> more.put(name, Type.ANY));
    }
    return more;
  }

  /** These names, and what {@code success()} and its like ask for. */
  static Map<String, Type> withStatus(Map<String, Type> names) {
    return with(names, "status", STATUS);
  }

  static Map<String, Type> with(Map<String, Type> names, String name, Type type) {
    var more = new LinkedHashMap<>(names);
    more.put(name, type);
    return more;
  }

  /** What is known of a step once it has run. */
  static Type step(@Nullable ProcessorDeclaration processor) {
    if (processor == null) {
      return Type.ANY;
    }
    return new Type.Fields(Map.of("outputs", outputs(processor), "outcome", Type.STRING));
  }

  /** Tasks and control steps that declare no outputs may publish any; record steps only count. */
  private static Type outputs(ProcessorDeclaration processor) {
    boolean records =
        switch (processor.shape()) {
          case RECORD, STREAM -> true;
          case TASK, CONTROL -> false;
        };
    if (processor.outputs().isEmpty() && !records) {
      return new Type.MapOf(Type.ANY);
    }
    var fields = new LinkedHashMap<String, Type>();
    fields.put("records", Type.INT);
    fields.put("rejected", Type.INT);
    processor.outputs().forEach(output -> fields.put(output.name(), type(output.type())));
    return new Type.Fields(fields);
  }

  private static Type type(String declared) {
    return switch (declared) {
      case "string" -> Type.STRING;
      case "integer" -> Type.INT;
      case "number" -> Type.DOUBLE;
      case "boolean" -> Type.BOOL;
      case "list" -> new Type.ListOf(Type.ANY);
      case "map" -> new Type.MapOf(Type.ANY);
      default -> Type.ANY;
    };
  }
}
