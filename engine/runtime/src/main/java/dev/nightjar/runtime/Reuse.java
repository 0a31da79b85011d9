package dev.nightjar.runtime;

import dev.nightjar.model.Step;
import dev.nightjar.runtime.journal.Event;
import dev.nightjar.runtime.monitor.Outcome;
import dev.nightjar.runtime.plan.Plan;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What a run takes over from another one: how the steps written before a step have ended, and the
 * records they have kept. Units whose records are gone are done anew.
 */
final class Reuse {

  private final String run;
  private final History other;
  private final Path otherFolder;
  private final Path ownFolder;
  private final Instant now;

  /**
   * Takes over from a run.
   *
   * @param run its id
   * @param otherFolder where its steps have kept their files
   * @param ownFolder where the steps of the run that begins will look for theirs
   */
  Reuse(String run, History other, Path otherFolder, Path ownFolder, Instant now) {
    this.run = run;
    this.other = other;
    this.otherFolder = otherFolder;
    this.ownFolder = ownFolder;
    this.now = now;
  }

  /** The events that say so; the files are there when it returns. */
  List<Event> before(String from, Plan plan) throws IOException {
    var events = new ArrayList<Event>();
    for (Plan.Unit unit : plan.units()) {
      if (unit.steps().stream().anyMatch(step -> step.id().equals(from))) {
        break;
      }
      if (unit.steps().stream().allMatch(this::isKnown)) {
        take(unit, plan, events);
      }
    }
    return events;
  }

  private boolean isKnown(Step step) {
    Event.StepEnded ended = other.step(step.id()).ended();
    return ended != null && Set.of(Outcome.SUCCEEDED, Outcome.SKIPPED).contains(ended.outcome());
  }

  private void take(Plan.Unit unit, Plan plan, List<Event> events) throws IOException {
    String first = unit.steps().getFirst().id();
    StepPast past = other.step(first);
    if (isNeeded(unit, plan)) {
      if (!copyParts(first, past)) {
        return;
      }
      if (past.splits() != null) {
        events.add(past.splits());
      }
      events.addAll(past.tasks().values());
    }
    for (Step step : unit.steps()) {
      Event.StepEnded ended = other.step(step.id()).ended();
      if (ended != null) {
        events.add(
            new Event.StepReused(
                now, step.id(), step.processor().name(), run, ended.outcome(), ended.outputs()));
      }
    }
  }

  /** Whether a later unit reads what this one has kept on disk. */
  private static boolean isNeeded(Plan.Unit unit, Plan plan) {
    boolean keeps =
        switch (unit) {
          case Plan.Stage stage -> stage.keeps();
          case Plan.Single single -> single.keeps();
        };
    return keeps
        || unit.steps().stream()
            .map(step -> plan.rejectOwners().get(step.id()))
            .anyMatch(owner -> owner != null && !unit.steps().contains(owner));
  }

  private boolean copyParts(String first, StepPast past) throws IOException {
    for (Event.TaskCommitted task : past.tasks().values()) {
      Path part = otherFolder.resolve(first).resolve(task.part());
      if (!task.part().isEmpty() && PartFolder.bytes(part) != task.bytes()) {
        return false;
      }
    }
    for (Event.TaskCommitted task : past.tasks().values()) {
      if (!task.part().isEmpty()) {
        Path part = otherFolder.resolve(first).resolve(task.part());
        Files.walkFileTree(part, new Copy(part, ownFolder.resolve(first).resolve(task.part())));
      }
    }
    return !past.tasks().isEmpty();
  }

  /** Makes the same files elsewhere: second links, because parts never change. */
  private static final class Copy extends SimpleFileVisitor<Path> {
    private final Path from;
    private final Path to;

    Copy(Path from, Path to) {
      this.from = from;
      this.to = to;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
        throws IOException {
      Files.createDirectories(to.resolve(from.relativize(folder).toString()));
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Path target = to.resolve(from.relativize(file).toString());
      try {
        Files.createLink(target, file);
      } catch (UnsupportedOperationException | IOException otherDisk) {
        Files.copy(file, target);
      }
      return FileVisitResult.CONTINUE;
    }
  }
}
