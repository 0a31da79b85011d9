package dev.nightjar.daemon.trace;

import dev.nightjar.runtime.journal.Timeline;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigurationException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** OpenTelemetry's SDK as the environment sets it up. For one thread, but {@link #close}. */
final class SpanExport {

  /**
   * Spans that are handed over before they are waited for: half of what the SDK keeps by itself.
   */
  private static final int AT_ONCE = 1_000;

  /** Longer than a collector is waited for by itself, which is ten seconds. */
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final OpenTelemetrySdk sdk;
  private final RunSpans spans;
  private int handedOver;

  private SpanExport(OpenTelemetrySdk sdk, TraceIds ids) {
    this.sdk = sdk;
    spans = new RunSpans(sdk.getTracer("dev.nightjar"), ids);
  }

  /** None where the settings cannot be followed, which is told. */
  static Optional<SpanExport> open(ExportSettings settings, Complaints complaints) {
    String refusal = settings.refusal();
    if (refusal == null) {
      try {
        return Optional.of(started(settings));
      } catch (ConfigurationException | IllegalArgumentException wrong) {
        refusal = reason(wrong);
      }
    }
    complaints.tell(refusal);
    return Optional.empty();
  }

  private static SpanExport started(ExportSettings settings) {
    var ids = new TraceIds();
    return new SpanExport(
        AutoConfiguredOpenTelemetrySdk.builder()
            .disableShutdownHook()
            .addPropertiesCustomizer(read -> settings.properties())
            .addTracerProviderCustomizer((provider, read) -> provider.setIdGenerator(ids))
            .build()
            .getOpenTelemetrySdk(),
        ids);
  }

  private static String reason(Throwable wrong) {
    @Nullable Throwable cause = wrong.getCause();
    String why = String.valueOf(wrong.getMessage());
    return cause == null ? why : why + ": " + cause.getMessage();
  }

  /** Hands over the spans of a run that has ended; waits for the collector when they are many. */
  void export(Timeline timeline) {
    handedOver += spans.export(timeline);
    if (handedOver > AT_ONCE) {
      sdk.getSdkTracerProvider().forceFlush().join(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      handedOver = 0;
    }
  }

  /** Delivers what was handed over. */
  void close(Duration atMost) {
    sdk.shutdown().join(atMost.toMillis(), TimeUnit.MILLISECONDS);
  }
}
