package dev.nightjar.runtime.journal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Hears a run's events and puts together why it and its steps went as they did. */
final class Explainer {

  /** How many paths are kept for saying what somebody may have meant. */
  static final int KNOWN = 1_000;

  /** What is within no other step; the blocks that run last have a name before it. */
  private static final Pattern TOP =
      Pattern.compile("((on_failure|on_success|finally)\\.)?[^.\\[]+");

  private final @Nullable String wanted;
  private final List<Reason> run = new ArrayList<>();
  private final Map<String, StepStory> steps = new LinkedHashMap<>();
  private final Map<String, List<String>> stages = new LinkedHashMap<>();
  private final Set<String> known = new LinkedHashSet<>();
  private String id = "";
  private String workflow = "";
  private @Nullable Instant begun;
  private @Nullable Instant queued;
  private Event.@Nullable StepEnded last;

  /** For one step, or for each at the top level when it is null. */
  Explainer(@Nullable String wanted) {
    this.wanted = wanted;
  }

  Explanation explanation() {
    return new Explanation(
        id,
        workflow,
        List.copyOf(run),
        steps.values().stream().map(StepStory::told).toList(),
        List.copyOf(known));
  }

  void hear(Event event) {
    switch (event) {
      case Event.RunStarted e -> started(e);
      case Event.RunQueued e -> {
        queued = e.at();
        run.add(Reasons.queued(e));
      }
      case Event.RunAdmitted e -> run.add(Reasons.admitted(e, queued));
      case Event.RunResumed e -> {
        run.add(Reasons.resumed(e));
        steps.values().forEach(step -> step.resumed(e));
      }
      case Event.CancelRequested e -> run.add(Reasons.cancelRequested(e));
      case Event.RunEnded e -> run.add(Reasons.ended(e));
      case Event.StageStarted e -> {
        stages.put(e.steps().getFirst(), e.steps());
        e.steps().forEach(step -> story(step, e, StepStory::shares));
      }
      case Event.TaskCommitted e -> ofStage(e.stage(), e, StepStory::committed);
      case Event.StageCommitted e -> ofStage(e.stage(), e, StepStory::committed);
      case Event.CacheAsked e -> ofStage(e.step(), e, StepStory::asked);
      case Event.StepStarted e -> story(e.step(), e, (story, began) -> began(story, began));
      case Event.AttemptStarted e -> story(e.step(), e, StepStory::attempts);
      case Event.AttemptFailed e -> story(e.step(), e, StepStory::failed);
      case Event.StepReused e -> story(e.step(), e, StepStory::reused);
      case Event.StepEnded e -> ended(e);
      case Event.StepResolved e -> story(e.step(), e, StepStory::resolved);
      case Event.BodyEnded e -> story(e.step(), e, StepStory::body);
      case Event.ItemsEnded e -> items(e);
      case Event.Warned e -> story(e.step(), e, StepStory::warned);
      case Event.SplitsListed e -> {}
      case Event.Logged e -> {}
      case Event.Measured e -> {}
    }
  }

  private void started(Event.RunStarted e) {
    id = e.run();
    workflow = e.workflow();
    begun = e.at();
    run.add(Reasons.began(e));
    Event.Rerun rerun = e.rerun();
    if (rerun != null) {
      run.add(Reasons.rerun(e, rerun));
    }
  }

  private void began(StepStory story, Event.StepStarted e) {
    Instant start = begun;
    Event.StepEnded before = last;
    if (before != null && start != null && isBeside(e.step(), before.step())) {
      story.add(Reasons.waited(e, start, before));
    }
    story.began(e);
  }

  private void ended(Event.StepEnded e) {
    story(e.step(), e, StepStory::ended);
    String path = wanted;
    if (path == null ? isTop(e.step()) : isBeside(path, e.step())) {
      last = e;
    }
  }

  /** Those that end quietly have no events of their own. */
  private void items(Event.ItemsEnded e) {
    story(e.step(), e, StepStory::items);
    String path = wanted;
    if (path != null && path.startsWith(e.step() + "[")) {
      int from = e.step().length() + 1;
      int to = path.indexOf(']', from);
      if (to > from && path.substring(from, to).matches("[0-9]{1,18}")) {
        item(e, path, Long.parseLong(path.substring(from, to)));
      }
    }
  }

  private void item(Event.ItemsEnded e, String path, long item) {
    if (e.tables().stream().anyMatch(table -> table.has(item))) {
      story(path, e, (story, ended) -> story.add(Reasons.quiet(ended, item)));
    }
  }

  private <E extends Event> void ofStage(String stage, E event, BiConsumer<StepStory, E> chapter) {
    for (String step : stages.getOrDefault(stage, List.of(stage))) {
      story(step, event, chapter);
    }
  }

  private <E extends Event> void story(String step, E event, BiConsumer<StepStory, E> chapter) {
    if (step.isEmpty()) {
      return;
    }
    if (known.size() < KNOWN) {
      known.add(step);
    }
    if (wanted == null ? isTop(step) : step.equals(wanted)) {
      chapter.accept(steps.computeIfAbsent(step, path -> new StepStory(id, path)), event);
    }
  }

  private static boolean isTop(String step) {
    return TOP.matcher(step).matches();
  }

  /** Whether both are steps of one block, or both at the top level. */
  private static boolean isBeside(String step, String other) {
    return isTop(step) ? isTop(other) : around(step).equals(around(other));
  }

  private static String around(String step) {
    return step.substring(0, step.lastIndexOf('.') + 1);
  }
}
