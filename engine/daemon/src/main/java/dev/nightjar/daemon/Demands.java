package dev.nightjar.daemon;

import dev.nightjar.daemon.folder.ServedWorkflow;
import dev.nightjar.daemon.folder.Sha256;
import dev.nightjar.daemon.folder.WorkflowFolder;
import dev.nightjar.model.InputDeclaration;
import dev.nightjar.model.Trigger;
import dev.nightjar.model.diagnostic.Suggestions;
import dev.nightjar.runtime.History;
import dev.nightjar.runtime.journal.Event;
import dev.nightjar.store.HeldException;
import dev.nightjar.store.Store;
import dev.nightjar.store.StoredRun;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Does what people and programs ask a daemon to do. */
final class Demands implements Operations {

  private static final String NO_HOOK = "there is no such webhook, or its token is another one";

  private final DaemonSettings settings;
  private final Store store;
  private final WorkflowFolder workflows;
  private final RunStarter starter;
  private final Starts starts;
  private final Unfinished unfinished;
  private final HostedRuns hosted;
  private final InstantSource clock;
  private final BooleanSupplier stopping;

  Demands(
      DaemonSettings settings,
      Store store,
      WorkflowFolder workflows,
      RunStarter starter,
      Starts starts,
      Unfinished unfinished,
      HostedRuns hosted,
      InstantSource clock,
      BooleanSupplier stopping) {
    this.settings = settings;
    this.store = store;
    this.workflows = workflows;
    this.starter = starter;
    this.starts = starts;
    this.unfinished = unfinished;
    this.hosted = hosted;
    this.clock = clock;
    this.stopping = stopping;
  }

  @Override
  public Started start(
      String workflow,
      ObjectNode inputs,
      String by,
      @Nullable String key,
      @Nullable String traceparent) {
    checkAccepts();
    ServedWorkflow.Version version = version(workflow);
    ObjectNode facts = Facts.byHand(by, now(), settings.zone());
    TraceParent.put(facts, traceparent);
    return starter.demand(
        version, any -> inputs, facts, "@api", RequestKey.of(key, withoutSecrets(version, inputs)));
  }

  /** Nothing is kept from which a secret could be guessed. */
  private static ObjectNode withoutSecrets(ServedWorkflow.Version version, ObjectNode inputs) {
    ObjectNode plain = inputs.deepCopy();
    version.workflow().inputs().stream()
        .filter(input -> input.type() == InputDeclaration.Type.SECRET)
        .forEach(input -> plain.remove(input.name()));
    return plain;
  }

  @Override
  public Started hook(
      String workflow,
      String trigger,
      String token,
      @Nullable JsonNode body,
      @Nullable String key,
      @Nullable String traceparent) {
    ServedWorkflow served = workflows.find(workflow);
    ServedWorkflow.Version version = served == null ? null : served.inForce();
    Trigger hook = version == null ? null : hook(version, trigger);
    if (version == null
        || hook == null
        || !(hook.cause() instanceof Trigger.Cause.Webhook webhook)
        || !same(token, secret(version, webhook))) {
      throw new ForbiddenException(NO_HOOK);
    }
    checkAccepts();
    ObjectNode facts = Facts.ofHook(hook, body, now(), settings.zone());
    TraceParent.put(facts, traceparent);
    return starter.demand(
        version,
        one -> starts.inputs(one, hook, facts),
        facts,
        hook.id(),
        RequestKey.of(key, body));
  }

  private static @Nullable Trigger hook(ServedWorkflow.Version version, String id) {
    return version.workflow().triggers().stream()
        .filter(one -> one.id().equals(id) && one.enabled())
        .findFirst()
        .orElse(null);
  }

  /** Nobody who shows no right token hears that there is none. */
  private String secret(ServedWorkflow.Version version, Trigger.Cause.Webhook webhook) {
    try {
      return Secrets.read(version.workflow(), webhook.tokenSecret(), settings.environment());
    } catch (RefusedException missing) {
      throw new ForbiddenException(NO_HOOK);
    }
  }

  /** Takes as long whatever differs. */
  private static boolean same(String one, String other) {
    return MessageDigest.isEqual(sha256(one), sha256(other));
  }

  private static byte[] sha256(String text) {
    return Sha256.digest().digest(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public boolean cancel(String run, String reason) {
    StoredRun stored = find(run);
    return stored.state() != StoredRun.State.ENDED
        && (hosted.cancel(run, reason) || store.requestCancel(run, reason));
  }

  @Override
  public void resume(String run) {
    checkAccepts();
    StoredRun stored = find(run);
    if (stored.state() == StoredRun.State.ENDED) {
      throw new RefusedException(
          "run %s has ended and does not run again; rerun it to make a new one".formatted(run));
    }
    try {
      unfinished.resume(stored);
    } catch (HeldException e) {
      throw new RefusedException(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public Rerun rerun(String run, @Nullable String from, ObjectNode inputs, String by) {
    checkAccepts();
    StoredRun other = find(run);
    return starter.rerun(version(other.workflow()), Rerunning.of(store, other, from), inputs, by);
  }

  @Override
  public List<String> resolve(String run, String step, boolean succeeded, ObjectNode outputs) {
    StoredRun stored = find(run);
    if (stored.state() == StoredRun.State.ENDED) {
      throw new RefusedException("run %s has ended: no step waits for an answer".formatted(run));
    }
    var answer = new Event.StepResolved(now(), step, succeeded, outputs);
    try {
      History now = Resolution.resolve(store, stored, answer);
      return Resolution.steps(now);
    } catch (HeldException e) {
      throw new RefusedException(String.valueOf(e.getMessage()));
    }
  }

  private void checkAccepts() {
    if (stopping.getAsBoolean()) {
      throw new RefusedException("the daemon is stopping: ask again when it has started again");
    }
  }

  private StoredRun find(String run) {
    return store
        .run(run)
        .filter(stored -> stored.id().equals(run))
        .orElseThrow(() -> new UnknownException("there is no run `" + run + "`"));
  }

  private ServedWorkflow.Version version(String name) {
    ServedWorkflow served = workflows.find(name);
    if (served != null) {
      return Objects.requireNonNull(served.inForce());
    }
    List<String> names = new ArrayList<>();
    for (ServedWorkflow one : workflows.all()) {
      if (one.inForce() != null) {
        names.add(one.inForce().name());
      }
    }
    throw new UnknownException(
        "there is no workflow `%s` here; %s"
            .formatted(
                name, Suggestions.hint(name, names, "there are: " + String.join(", ", names))));
  }

  private Instant now() {
    return clock.instant();
  }
}
