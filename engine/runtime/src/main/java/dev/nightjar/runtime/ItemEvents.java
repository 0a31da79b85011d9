package dev.nightjar.runtime;

import dev.nightjar.runtime.journal.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The events of the steps within a step, for one item: held back at first, because there may be
 * millions of items, and what matters of one that is soon done is that it is. Those of an item that
 * takes long, or where something goes wrong, are told one by one.
 */
final class ItemEvents implements Consumer<Event> {

  private final RunContext run;
  private final long begin;
  private final List<Event> held = new ArrayList<>(4);
  private boolean told;

  ItemEvents(RunContext run) {
    this.run = run;
    this.begin = run.nanos();
  }

  @Override
  public synchronized void accept(Event event) {
    if (!told && (matters(event) || run.nanos() - begin > run.settings().quiet().toNanos())) {
      tell();
    }
    if (told) {
      run.emit(event);
    } else {
      held.add(event);
    }
  }

  /** Work on records leaves files that have to be found again, and an effect that is seen once. */
  private static boolean matters(Event event) {
    return switch (event) {
      case Event.StepEnded end -> end.failure() != null;
      case Event.StepStarted start -> false;
      default -> true;
    };
  }

  private void tell() {
    told = true;
    held.forEach(run::emit);
    held.clear();
  }

  /** Whether the item's steps have events of their own. */
  synchronized boolean told() {
    return told;
  }
}
