package dev.nightjar.daemon.view;

import dev.nightjar.runtime.journal.Event;
import dev.nightjar.runtime.journal.EventFormat;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** The events of a run that are told to whoever follows it. */
public final class EventJson {

  /** What a task leaves for whoever resumes the run: long, and of no use to anybody else. */
  private static final List<String> FOR_RESUMING = List.of("part", "bytes", "counts", "outputs");

  private EventJson() {}

  /** False for what is remembered only so that the run can be resumed. */
  public static boolean isTold(Event event) {
    return switch (event) {
      case Event.SplitsListed _, Event.AttemptStarted _, Event.BodyEnded _, Event.ItemsEnded _ ->
          false;
      default -> true;
    };
  }

  /** As {@link EventFormat}, without what is for resuming alone. */
  public static ObjectNode of(Event event) {
    ObjectNode json = EventFormat.write(event);
    if (event instanceof Event.TaskCommitted) {
      json.remove(FOR_RESUMING);
    }
    return json;
  }
}
