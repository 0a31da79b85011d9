package dev.nightjar.daemon;

import dev.nightjar.daemon.folder.ServedWorkflow;
import dev.nightjar.daemon.folder.Sha256;
import dev.nightjar.daemon.trigger.Awake;
import dev.nightjar.daemon.trigger.FilesDue;
import dev.nightjar.model.Trigger;
import dev.nightjar.store.Firing;
import dev.nightjar.store.Firings;
import dev.nightjar.store.Firings.Known;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** A trigger that waits for files. */
final class FileWatch implements TriggerWatch {

  /** Of a digest: enough to tell what has settled together. */
  private static final int DIGITS = 32;

  private final Trigger trigger;
  private final FilesDue files;
  private final Known known;
  private final Firings firings;
  private final ZoneId zone;
  private final LongSupplier nanos;

  /** What has fired before; null before the store was asked. */
  private @Nullable Map<String, String> seen;

  /** Not looked at yet. */
  FileWatch(
      Trigger trigger,
      FilesDue files,
      Known known,
      Firings firings,
      ZoneId zone,
      LongSupplier nanos) {
    this.trigger = trigger;
    this.files = files;
    this.known = known;
    this.firings = firings;
    this.zone = zone;
    this.nanos = nanos;
  }

  @Override
  public List<TriggerLoop.Cause> look(
      ServedWorkflow.Version version, Awake.Look look, boolean ended) {
    String workflow = known.workflow();
    if (seen == null) {
      seen = new HashMap<>(firings.seenFiles(workflow, trigger.id()));
    }
    FilesDue.Look found = files.look(seen, nanos.getAsLong());
    if (!found.gone().isEmpty()) {
      firings.see(workflow, trigger.id(), Map.of(), found.gone());
      seen.keySet().removeAll(found.gone());
    }
    Map<String, String> settled = found.settled();
    if (settled.isEmpty()) {
      return List.of();
    }
    seen.putAll(settled);
    return List.of(
        new TriggerLoop.Cause(
            version,
            trigger,
            Firing.of(
                workflow,
                trigger.id(),
                Sha256.of(settled.toString()).substring(0, DIGITS),
                look.now(),
                look.now(),
                ""),
            Facts.ofFiles(trigger, settled.keySet(), look.now(), zone),
            settled));
  }

  @Override
  public boolean waits() {
    return false;
  }

  @Override
  public Known known() {
    return known;
  }
}
