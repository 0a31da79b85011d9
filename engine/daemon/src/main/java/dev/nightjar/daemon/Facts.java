package dev.nightjar.daemon;

import dev.nightjar.model.Trigger;
import dev.nightjar.model.schedule.Occurrence;
import dev.nightjar.runtime.Engine;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What {@code trigger.*} stands for in a run, and what people read of why it began. */
final class Facts {

  private Facts() {}

  static ObjectNode ofTime(Trigger trigger, Occurrence due, String late) {
    String time = DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(due.time());
    String how = late.isEmpty() ? "" : ", late: " + late;
    return named(
        Engine.trigger(due.time(), due.written().toLocalDate()),
        trigger,
        "the trigger `%s`, due %s%s".formatted(trigger.id(), time, how));
  }

  static ObjectNode ofFiles(Trigger trigger, Collection<String> files, Instant now, ZoneId zone) {
    ObjectNode facts = Engine.startedByHand(now, zone);
    ArrayNode names = (ArrayNode) facts.get("files");
    files.forEach(names::add);
    String some = files.size() == 1 ? files.iterator().next() : files.size() + " files";
    return named(facts, trigger, "the trigger `%s`: %s".formatted(trigger.id(), some));
  }

  static ObjectNode ofEnd(
      Trigger trigger, String workflow, String run, String outcome, Instant now, ZoneId zone) {
    return named(
        Engine.startedByHand(now, zone),
        trigger,
        "the trigger `%s`: run %s of `%s` has %s".formatted(trigger.id(), run, workflow, outcome));
  }

  static ObjectNode ofHook(Trigger trigger, @Nullable JsonNode body, Instant now, ZoneId zone) {
    ObjectNode facts = Engine.startedByHand(now, zone);
    if (body != null) {
      facts.set("body", body);
    }
    return named(facts, trigger, "the webhook `%s`".formatted(trigger.id()));
  }

  static ObjectNode byHand(String by, Instant now, ZoneId zone) {
    return Engine.startedByHand(now, zone).put("by", by);
  }

  private static ObjectNode named(ObjectNode facts, Trigger trigger, String by) {
    return facts.put("id", trigger.id()).put("by", by);
  }
}
