package dev.nightjar.runtime;

import dev.nightjar.model.expression.Scope;
import dev.nightjar.runtime.journal.Event;
import dev.nightjar.runtime.journal.Failure;
import dev.nightjar.runtime.monitor.Outcome;
import dev.nightjar.stage.Spool;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is known while a block of steps runs: how its steps have ended, what they published, which
 * records wait on disk. Is the scope of the block's expressions; a nested block looks outwards.
 */
final class BlockState implements Scope {

  private final String prefix;
  private final boolean shown;
  private final Scope outer;
  private final Map<String, JsonNode> bindings;
  private final Supplier<Path> folder;
  private final Consumer<Event> events;
  private final Map<String, Ended> ended = new LinkedHashMap<>();

  /** Null until a step keeps records: there may be a million blocks of which none does. */
  private volatile @Nullable Map<String, Spool> spools;

  private volatile @Nullable Map<String, RejectAccount> accounts;
  private @Nullable ObjectNode steps;
  private @Nullable Failure failure;
  private volatile boolean cancelled;
  private volatile boolean files;

  /**
   * How a step ended.
   *
   * @param blocks whether steps that need this one are skipped, too
   */
  record Ended(Outcome outcome, JsonNode outputs, boolean blocks) {}

  /**
   * The state of a block that begins.
   *
   * @param prefix of its steps' paths: empty, or {@code each[3].}
   * @param shown whether its steps have lines of their own in the progress and the summary
   * @param bindings names that hide those of the outer scope
   * @param folder gives that for what its steps keep, of this run of the block alone; made when
   *     first needed
   * @param events takes those of its steps
   */
  BlockState(
      String prefix,
      boolean shown,
      Scope outer,
      Map<String, JsonNode> bindings,
      Supplier<Path> folder,
      Consumer<Event> events) {
    this.prefix = prefix;
    this.shown = shown;
    this.outer = outer;
    this.bindings = bindings;
    this.folder = folder;
    this.events = events;
  }

  String path(String id) {
    return prefix.isEmpty() ? id : prefix + id;
  }

  void emit(Event event) {
    events.accept(event);
  }

  /** A step of the block may have made files: looking for them costs more than a small step. */
  void keepsFiles() {
    files = true;
  }

  boolean hasFiles() {
    return files;
  }

  /** Where a unit that begins with this step keeps its files. */
  Path folder(String id) {
    return folder.get().resolve(id);
  }

  boolean shown() {
    return shown;
  }

  synchronized void end(String id, Ended how, @Nullable Failure why) {
    ended.put(id, how);
    steps = null;
    if (failure == null && !cancelled) {
      failure = why;
    }
  }

  synchronized @Nullable Ended ended(String id) {
    return ended.get(id);
  }

  /** The first failure; null when no step has failed before the block was cancelled. */
  synchronized @Nullable Failure failure() {
    return failure;
  }

  /** The account of the step whose {@code rejects:} covers others; made when first asked for. */
  RejectAccount account(String owner, Supplier<RejectAccount> made) {
    return accounts().computeIfAbsent(owner, key -> made.get());
  }

  /** That account, if anybody has asked for it. */
  @Nullable RejectAccount account(String owner) {
    Map<String, RejectAccount> known = accounts;
    return known == null ? null : known.get(owner);
  }

  private synchronized Map<String, RejectAccount> accounts() {
    Map<String, RejectAccount> known = accounts;
    if (known == null) {
      known = new ConcurrentHashMap<>();
      accounts = known;
    }
    return known;
  }

  void cancel() {
    cancelled = true;
  }

  boolean cancelled() {
    return cancelled;
  }

  void keep(String id, Spool spool) {
    spools().put(id, spool);
  }

  private synchronized Map<String, Spool> spools() {
    Map<String, Spool> known = spools;
    if (known == null) {
      known = new ConcurrentHashMap<>();
      spools = known;
    }
    return known;
  }

  boolean hasSpools() {
    return spools != null;
  }

  boolean hasSpool(String id) {
    Map<String, Spool> known = spools;
    return known != null && known.containsKey(id);
  }

  /** The records of a step; none when it has kept none. */
  Spool spool(String id) {
    Map<String, Spool> known = spools;
    return known == null ? Spool.EMPTY : known.getOrDefault(id, Spool.EMPTY);
  }

  /** The outputs of the steps that have succeeded, by id. */
  synchronized ObjectNode outputs() {
    ObjectNode all = JsonNodeFactory.instance.objectNode();
    ended.forEach((id, how) -> all.set(id, how.outputs()));
    return all;
  }

  @Override
  public @Nullable JsonNode get(String name) {
    JsonNode bound = bindings.get(name);
    if (bound != null) {
      return bound;
    }
    return switch (name) {
      case "steps" -> steps();
      case "status" -> status();
      default -> outer.get(name);
    };
  }

  private synchronized JsonNode steps() {
    if (steps == null) {
      ObjectNode all = JsonNodeFactory.instance.objectNode();
      if (outer.get("steps") instanceof ObjectNode outside) {
        all.setAll(outside);
      }
      ended.forEach((id, how) -> {
        ObjectNode step = all.putObject(id);
        step.set("outputs", how.outputs());
        step.put("outcome", how.outcome().id());
      });
      steps = all;
    }
    return steps;
  }

  private synchronized JsonNode status() {
    ObjectNode status = JsonNodeFactory.instance.objectNode();
    JsonNode around = outer.get("status");
    boolean failed = failure != null || is("failure", around);
    boolean stopped = cancelled || is("cancelled", around);
    status.put("success", !failed && !stopped);
    status.put("failure", failed);
    status.put("cancelled", stopped);
    return status;
  }

  private static boolean is(String name, @Nullable JsonNode status) {
    return status != null && status.path(name).asBoolean(false);
  }
}
