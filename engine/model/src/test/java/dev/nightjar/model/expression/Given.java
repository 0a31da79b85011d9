package dev.nightjar.model.expression;

import dev.nightjar.model.diagnostic.DiagnosticPrinter;
import dev.nightjar.model.diagnostic.Diagnostics;
import dev.nightjar.model.diagnostic.Place;
import dev.nightjar.model.diagnostic.SourceText;
import dev.nightjar.spi.DataRecord;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Names with their values and types, and what an expression gives among them. */
final class Given {

  static final JsonMapper JSON = JsonMapper.shared();

  private final Map<String, JsonNode> values = new LinkedHashMap<>();
  private final Map<String, Type> types = new LinkedHashMap<>();

  static Given nothing() {
    return new Given();
  }

  Given name(String name, Type type, String json) {
    values.put(name, JSON.readTree(json));
    types.put(name, type);
    return this;
  }

  Given any(String name, String json) {
    return name(name, Type.ANY, json);
  }

  Given type(String name, Type type) {
    types.put(name, type);
    return this;
  }

  Map<String, Type> types() {
    return types;
  }

  Scope scope() {
    return values::get;
  }

  CompiledExpression compiled(String text) {
    var diagnostics = new Diagnostics();
    CompiledExpression compiled = compile(text, diagnostics);
    if (compiled == null) {
      throw new AssertionError(printed(diagnostics));
    }
    return compiled;
  }

  private @Nullable CompiledExpression compile(String text, Diagnostics diagnostics) {
    var source = new SourceText("w.yaml", text);
    return ExpressionCompiler.compile(
        text, (start, end) -> new Place(source, start, end), types, diagnostics);
  }

  JsonNode value(String text) {
    return compiled(text).evaluate(scope(), null);
  }

  JsonNode value(String text, DataRecord record) {
    return compiled(text).evaluate(scope(), record);
  }

  /** All diagnostics as a user sees them; empty when there are none. */
  String mistakes(String text) {
    var diagnostics = new Diagnostics();
    CompiledExpression compiled = compile(text, diagnostics);
    if ((compiled == null) != diagnostics.hasErrors()) {
      throw new AssertionError("mistakes and result do not agree: " + text);
    }
    return printed(diagnostics);
  }

  static String printed(Diagnostics diagnostics) {
    var printer = new DiagnosticPrinter(false);
    return diagnostics.sorted().stream().map(printer::print).collect(Collectors.joining());
  }

  /** What went wrong while evaluating; of a value, its JSON. */
  String outcome(String text) {
    CompiledExpression compiled = compiled(text);
    try {
      return compiled.evaluate(scope(), null).toString();
    } catch (EvaluationException e) {
      return "error: " + e.getMessage();
    }
  }
}
