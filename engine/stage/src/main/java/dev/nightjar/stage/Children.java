package dev.nightjar.stage;

import dev.nightjar.spi.Cancelled;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The processes that one step has started, and those that they have started in turn: none of them
 * outlives the attempt it works for. Those of an engine that was killed are found by their
 * environment, which is theirs from their first instruction on, or by the notes about them where
 * the machine does not show it.
 */
public final class Children implements AutoCloseable {

  private static final String RUN = "NIGHTJAR_RUN";
  private static final String STEP = "NIGHTJAR_STEP";
  private static final String STEP_KEY = "NIGHTJAR_STEP_KEY";

  /** Tells runs of one id apart, which only happens in tests. */
  private static final String FOLDER = "NIGHTJAR_RUN_FOLDER";

  /** The engine's process: one that has lost the run ends none of its successor's children. */
  private static final String ENGINE = "NIGHTJAR_ENGINE";

  /** After so long a killed process hangs in the kernel. */
  private static final Duration KILLED = Duration.ofSeconds(10);

  private final Owner owner;
  private final Duration grace;
  private final Set<ProcessHandle> known = new HashSet<>();
  private final List<ChildNotes.Note> notes = new ArrayList<>();
  private String place = "";
  private boolean any;
  private boolean ended;

  /**
   * Whose they are.
   *
   * @param folder the run's
   * @param step its path
   * @param key the same in each attempt of the same work
   */
  public record Owner(String run, Path folder, String step, String key) {}

  /** None so far; once told to end they get the grace to do so. */
  public Children(Owner owner, Duration grace) {
    this.owner = owner;
    this.grace = grace;
  }

  /**
   * Starts one.
   *
   * @throws Cancelled when the step has ended
   */
  public synchronized Process start(ProcessBuilder builder) throws IOException {
    if (ended) {
      throw new Cancelled();
    }
    Map<String, String> environment = builder.environment();
    environment.put(RUN, owner.run());
    environment.put(STEP, owner.step());
    environment.put(STEP_KEY, owner.key());
    environment.put(ENGINE, engine());
    // The folder first: where it is missing, nobody needs to look for processes.
    var book = ChildNotes.of(owner.folder()).create();
    place = owner.folder().toRealPath().toString();
    environment.put(FOLDER, place);
    Process process = builder.start();
    any = true;
    known.add(process.toHandle());
    try {
      notes.add(book.add(process.toHandle()));
    } catch (IOException e) {
      process.destroyForcibly();
      throw e;
    }
    return process;
  }

  private static String engine() {
    return String.valueOf(ProcessHandle.current().pid());
  }

  /** Asks all of them to end, and does not wait. */
  public synchronized void terminate() {
    ended = true;
    if (any) {
      found().forEach(ProcessHandle::destroy);
    }
  }

  /** Ends all of them at once, and does not wait. */
  public synchronized void kill() {
    ended = true;
    if (any) {
      found().forEach(ProcessHandle::destroyForcibly);
    }
  }

  /**
   * Ends all of them and waits until they are gone, also when interrupted.
   *
   * @throws IllegalStateException naming those that do not end, though killed
   */
  @Override
  public void close() {
    Ending ending;
    synchronized (this) {
      ended = true;
      if (!any || found().isEmpty()) {
        forget();
        return;
      }
      ending = new Ending(this::found);
    }
    var left = new ArrayList<ProcessHandle>();
    Thread ender = Thread.ofPlatform().start(() -> left.addAll(ending.run(grace, KILLED)));
    Joining.join(ender);
    if (!left.isEmpty()) {
      throw new IllegalStateException(
          shown(left) + " of step `" + owner.step() + "` cannot be ended");
    }
    forget();
  }

  private synchronized void forget() {
    notes.forEach(ChildNotes.Note::remove);
    notes.clear();
  }

  private synchronized Set<ProcessHandle> found() {
    known.addAll(Processes.marked(Map.of(STEP_KEY, owner.key(), FOLDER, place, ENGINE, engine())));
    known.addAll(Processes.descendants(known));
    known.removeIf(handle -> !Processes.alive(handle));
    return Set.copyOf(known);
  }

  /**
   * Ends what the dead engine of a run has left behind, and waits until it is gone. Never ends this
   * process, nor those that it descends from.
   *
   * @param folder the run's
   * @param grace how long they may take before they are killed
   * @throws IOException naming those that do not end, though killed
   */
  public static void endLeftOvers(String run, Path folder, Duration grace) throws IOException {
    ChildNotes book = ChildNotes.of(folder);
    if (!book.exists()) {
      return;
    }
    String place = folder.toRealPath().toString();
    Processes.awaitLaunches();
    var ending = new Ending(() -> leftOvers(Map.of(RUN, run, FOLDER, place), book));
    Set<ProcessHandle> left = ending.run(grace, KILLED);
    if (!left.isEmpty()) {
      throw new IOException(
          "%s of run %s cannot be ended; end it, then resume the run".formatted(shown(left), run));
    }
    book.clear();
  }

  private static Set<ProcessHandle> leftOvers(Map<String, String> marks, ChildNotes book) {
    Set<ProcessHandle> all = new HashSet<>(book.noted());
    all.addAll(Processes.marked(marks));
    Set<ProcessHandle> own = ownLine();
    all.removeAll(own);
    all.addAll(Processes.descendants(all));
    all.removeAll(own);
    all.removeIf(handle -> !Processes.alive(handle));
    return all;
  }

  /** This process, its parent and so on. */
  private static Set<ProcessHandle> ownLine() {
    var line = new HashSet<ProcessHandle>();
    @Nullable ProcessHandle next = ProcessHandle.current();
    while (next != null && line.add(next)) {
      next = next.parent().orElse(null);
    }
    return line;
  }

  private static String shown(Iterable<ProcessHandle> processes) {
    var texts = new ArrayList<String>();
    for (ProcessHandle one : processes) {
      texts.add(one.pid() + one.info().command().map(name -> " (" + name + ")").orElse(""));
    }
    return texts.stream().sorted().collect(Collectors.joining(", ", "process ", ""));
  }
}
