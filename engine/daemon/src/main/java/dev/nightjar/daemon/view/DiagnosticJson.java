package dev.nightjar.daemon.view;

import dev.nightjar.model.diagnostic.Diagnostic;
import dev.nightjar.model.diagnostic.Place;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What is wrong with a file, as programs read it. */
public final class DiagnosticJson {

  private DiagnosticJson() {}

  /** One object each. */
  public static ArrayNode of(List<Diagnostic> diagnostics) {
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    diagnostics.forEach(one -> all.add(of(one)));
    return all;
  }

  /** One object; lines and columns from 1. */
  public static ObjectNode of(Diagnostic diagnostic) {
    Place place = diagnostic.place();
    Place end = new Place(place.source(), place.end(), place.end());
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("severity", diagnostic.severity().name().toLowerCase(Locale.ROOT))
            .put("code", diagnostic.code().id())
            .put("file", place.source().name())
            .put("line", place.line())
            .put("column", place.column())
            .put("end_line", end.line())
            .put("end_column", end.column())
            .put("message", diagnostic.message());
    ArrayNode hints = json.putArray("hints");
    diagnostic.hints().forEach(hints::add);
    if (diagnostic.input() != null) {
      json.put("input", diagnostic.input());
    }
    return json;
  }
}
