package dev.nightjar.cli;

import dev.nightjar.cli.display.Figures;
import dev.nightjar.model.Trigger;
import dev.nightjar.model.Workflow;
import dev.nightjar.model.schedule.Occurrence;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Times of triggers: from when on they are asked for, and how they are shown. */
final class Firings {

  static final Syntax.Option AFTER =
      Syntax.Option.value(
          "--after", "TIME", "Times after this one: " + Moment.FORMS + "; default: now.");

  private Firings() {}

  /**
   * The moment that times are asked for after.
   *
   * @param zone of a time that is typed without one
   */
  static Instant after(Arguments arguments, ZoneId zone) {
    Instant now = Machine.clock().instant();
    Instant given = Moment.of("--after", arguments, now, zone);
    return given == null ? now : given;
  }

  /** {@code 2026-03-29T03:00:00+02:00[Europe/Berlin]}. */
  static String time(Occurrence occurrence) {
    return DateTimeFormatter.ISO_ZONED_DATE_TIME.format(occurrence.time());
  }

  /** Why it is not at the time that was written; empty when it is. */
  static String note(Occurrence occurrence, Duration delay) {
    List<String> notes = new ArrayList<>();
    if (!occurrence.explanation().isEmpty()) {
      notes.add(occurrence.explanation());
    }
    if (!delay.isZero()) {
      notes.add("starts " + Figures.duration(delay) + " later: jitter");
    }
    return String.join("; ", notes);
  }

  /** An object for programs, without the delay. */
  static ObjectNode json(Occurrence occurrence) {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("time", DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(occurrence.time()))
            .put("timezone", occurrence.time().getZone().getId())
            .put("written", DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(occurrence.written()));
    if (!occurrence.explanation().isEmpty()) {
      json.put("why", occurrence.explanation());
    }
    return json;
  }

  /** An object for programs, with when a run starts. */
  static ObjectNode json(Occurrence occurrence, Workflow workflow, Trigger trigger) {
    Instant starts =
        occurrence.instant().plus(trigger.delay(workflow.name(), occurrence.instant()));
    return json(occurrence).put("starts", starts.toString());
  }
}
