package dev.nightjar.daemon.trace;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the environment says about the export of traces. */
record ExportSettings(Map<String, String> environment) {

  private static final String PREFIX = "OTEL_";
  private static final String EXPORTER = "OTEL_TRACES_EXPORTER";
  private static final String PROTOCOL = "OTEL_EXPORTER_OTLP_PROTOCOL";
  private static final String TRACES_PROTOCOL = "OTEL_EXPORTER_OTLP_TRACES_PROTOCOL";
  private static final String HTTP = "http/protobuf";

  /** Whether somebody has said where traces go, and has not switched them off. */
  static boolean wanted(Map<String, String> environment) {
    boolean named =
        Stream.of(EXPORTER, "OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")
            .anyMatch(name -> value(environment, name) != null);
    return named
        && !"none".equals(value(environment, EXPORTER))
        && !"true".equalsIgnoreCase(value(environment, "OTEL_SDK_DISABLED"));
  }

  private static @Nullable String value(Map<String, String> environment, String name) {
    String value = environment.getOrDefault(name, "").strip();
    return value.isEmpty() ? null : value;
  }

  /** Why nothing can be exported as it is wanted; null when it can. */
  @Nullable String refusal() {
    String exporter = value(environment, EXPORTER);
    if (exporter != null && !exporter.equals("otlp")) {
      return "`%s` is `%s`, and Nightjar knows `otlp` and `none`".formatted(EXPORTER, exporter);
    }
    String name = value(environment, TRACES_PROTOCOL) == null ? PROTOCOL : TRACES_PROTOCOL;
    String protocol = value(environment, name);
    if (protocol != null && !protocol.equals(HTTP)) {
      return "`%s` is `%s`, and Nightjar speaks %s alone; leave it out, and name the collector's port for HTTP, usually 4318"
          .formatted(name, protocol, HTTP);
    }
    return null;
  }

  /** As OpenTelemetry names its settings, with what goes without saying. */
  Map<String, String> properties() {
    Map<String, String> properties = new HashMap<>();
    properties.put("otel.exporter.otlp.protocol", HTTP);
    if (!environment.getOrDefault("OTEL_RESOURCE_ATTRIBUTES", "").contains("service.name=")) {
      properties.put("otel.service.name", "nightjar");
    }
    environment.forEach((name, value) -> {
      if (name.startsWith(PREFIX) && !value.isBlank()) {
        properties.put(name.toLowerCase(Locale.ROOT).replace('_', '.'), value.strip());
      }
    });
    // Metrics are fetched from the daemon, its log is a stream, and it calls nobody.
    properties.put("otel.traces.exporter", "otlp");
    properties.put("otel.metrics.exporter", "none");
    properties.put("otel.logs.exporter", "none");
    properties.put("otel.propagators", "none");
    return properties;
  }

  /** There may be passwords in the headers. */
  @Override
  public String toString() {
    return "settings of the export of traces";
  }
}
