package dev.nightjar.testkit;

import dev.nightjar.runtime.Run;
import dev.nightjar.runtime.journal.Event;
import dev.nightjar.runtime.journal.Journal;
import dev.nightjar.runtime.journal.JournalException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Remembers so many events and is dead then, and the run with it. */
final class MortalJournal implements Journal {

  private final int most;
  private final List<Event> events = new ArrayList<>();
  private @Nullable Consumer<JournalException> listener;
  private @Nullable JournalException death;

  MortalJournal(int most) {
    this.most = most;
  }

  @Override
  public synchronized void append(Event event) {
    if (death == null && events.size() < most) {
      events.add(event);
    } else if (death == null) {
      death = new JournalException(JournalException.Cause.LOST, "killed", null);
      if (listener != null) {
        listener.accept(death);
      }
    }
  }

  @Override
  public synchronized void settle() {
    if (death != null) {
      throw death;
    }
  }

  @Override
  public synchronized void onBroken(Consumer<JournalException> told) {
    listener = told;
  }

  /** Waits until the run is dead, or has ended before. */
  List<Event> outlive(Run run) throws InterruptedException {
    try {
      run.await();
    } catch (JournalException killed) {
      // As was to be.
    }
    synchronized (this) {
      return List.copyOf(events);
    }
  }
}
