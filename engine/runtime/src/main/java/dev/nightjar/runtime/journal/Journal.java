package dev.nightjar.runtime.journal;

import java.util.function.Consumer;

/**
 * Remembers the events of one run. The engine appends what it decides and settles before it acts
 * upon it where acting twice would be wrong.
 */
@FunctionalInterface
public interface Journal {

  /** Takes an event and returns at once; called from any thread, one call at a time. */
  void append(Event event);

  /**
   * Does what appending an event takes and need not be done in turn, such as encoding it; called
   * from any thread, many at a time.
   *
   * @return what appends it: called once, one at a time with those of other events
   */
  default Runnable prepare(Event event) {
    return () -> append(event);
  }

  /**
   * Waits until everything that was appended is remembered for good.
   *
   * @throws JournalException when it is not and will not be: nothing may be acted upon any more
   */
  default void settle() throws JournalException {}

  /**
   * Says to whom it is told, once and from any thread, that nothing will be remembered any more.
   */
  default void onBroken(Consumer<JournalException> listener) {}
}
