package dev.nightjar.cli;

import dev.nightjar.cli.display.Display;
import dev.nightjar.daemon.Beginning;
import dev.nightjar.daemon.Course;
import dev.nightjar.daemon.Ending;
import dev.nightjar.runtime.Run;
import dev.nightjar.runtime.journal.Event;
import dev.nightjar.runtime.journal.Journal;
import dev.nightjar.store.OwnedRun;
import dev.nightjar.store.Store;
import java.util.function.Consumer;
import java.util.function.Function;

/** Sees a run to its end and shows it. To be closed after the run was: what is shown is on disk. */
final class Launch implements AutoCloseable {

  private final Display display;
  private final Interrupts interrupts;

  private Launch(Display display, Interrupts interrupts) {
    this.display = display;
    this.interrupts = interrupts;
  }

  /** From now on a signal cancels, and no longer just ends the process. */
  static Launch open(RunOptions options, Console console) {
    Display display = options.display(console);
    var interrupts = new Interrupts(code -> Runtime.getRuntime().halt(code), display::say);
    if (console.ownsProcess()) {
      interrupts.listen();
    }
    interrupts.begin();
    return new Launch(display, interrupts);
  }

  /**
   * Begins a run and sees it to its end.
   *
   * @param start starts the engine, which tells the journal
   * @return the process's exit code, if the run's end gets on disk
   */
  static int run(
      Store store,
      Beginning beginning,
      Function<Journal, Run> start,
      RunOptions options,
      Console console)
      throws InterruptedException {
    try (Launch launch = Launch.open(options, console);
        OwnedRun owned = store.begin(beginning.known(), launch.listener())) {
      Ending ending = beginning.run(owned, launch.course(), start);
      if (ending instanceof Ending.Ended ended) {
        return launch.exitCode(ended);
      }
      if (ending instanceof Ending.Refused refused) {
        return refused.skip() ? ExitCode.SUCCEEDED : ExitCode.REFUSED;
      }
      return launch.interrupts().exitCode(ExitCode.FAILED);
    }
  }

  /** To be told of each event when it is on disk. */
  Consumer<Event> listener() {
    return display::append;
  }

  /** For the run that is to be shown. */
  Course course() {
    return new Course(interrupts.cancelSwitch(), display::watch, Machine.clock());
  }

  Interrupts interrupts() {
    return interrupts;
  }

  int exitCode(Ending.Ended ended) {
    return ExitCode.of(ended.result(), interrupts.signal());
  }

  @Override
  public void close() {
    display.close();
  }
}
