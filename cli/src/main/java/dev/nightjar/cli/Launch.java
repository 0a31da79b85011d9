package dev.nightjar.cli;

import dev.nightjar.cli.display.Display;
import dev.nightjar.runtime.Run;
import dev.nightjar.runtime.journal.Event;
import dev.nightjar.runtime.journal.RunResult;
import dev.nightjar.store.OwnedRun;
import java.util.function.Consumer;

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

  /** To be told of each event when it is on disk. */
  Consumer<Event> listener() {
    return display::append;
  }

  Interrupts interrupts() {
    return interrupts;
  }

  /**
   * Waits for the end of a run.
   *
   * @return the process's exit code, if the run's end gets on disk
   */
  int await(Run run, OwnedRun owned) throws InterruptedException {
    interrupts.watch(run::cancel);
    owned.onCancelRequested(interrupts::cancel);
    display.watch(run);
    RunResult result = run.await();
    return ExitCode.of(result, interrupts.signal());
  }

  @Override
  public void close() {
    display.close();
  }
}
