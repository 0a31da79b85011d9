package dev.nightjar.cli;

import dev.nightjar.cli.display.Figures;
import dev.nightjar.cli.display.Visible;
import dev.nightjar.daemon.view.RejectLines;
import dev.nightjar.daemon.view.RunPage;
import dev.nightjar.daemon.view.Timelines;
import dev.nightjar.runtime.journal.Timeline;
import dev.nightjar.runtime.monitor.Summary.RejectFile;
import dev.nightjar.store.Store;
import dev.nightjar.store.StoreException;
import dev.nightjar.store.StoredRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes a run into one HTML file. */
final class RunsExportCommand implements Command {

  /** What a browser scrolls through without waiting, in a file that can still be sent. */
  private static final Timeline.Limits LIMITS =
      new Timeline.Limits(2_000, 500, 100, 100_000, 20_000);

  /** Files of rejects of which lines are put in. */
  private static final int REJECT_FILES = 50;

  @Override
  public String name() {
    return "runs export";
  }

  @Override
  public String summary() {
    return "Write a run into one HTML file that opens without a network.";
  }

  @Override
  public List<Syntax.Operand> operands() {
    return List.of(KnownRuns.OPERAND);
  }

  @Override
  public List<Syntax.Option> options() {
    List<Syntax.Option> options = new ArrayList<>(Home.IN_CURRENT_FOLDER);
    options.add(
        Syntax.Option.value(
            "--to", "FILE", "Where to; default: WORKFLOW-RUN.html in the current folder."));
    options.add(
        Syntax.Option.value(
            "--rejects",
            "N",
            "Put the first N lines of each file of rejects in; default: none, since they are"
                + " data."));
    return options;
  }

  @Override
  public int run(Arguments arguments, Console console) {
    int lines = arguments.text("--rejects") == null ? 0 : arguments.positive("--rejects", 1);
    try (Store store = Home.existing(arguments, console).open()) {
      StoredRun run = KnownRuns.find(store, arguments.operand(0));
      Path file = file(arguments, run);
      Timeline timeline = Timelines.read(store, run, LIMITS);
      var page =
          new RunPage(
              timeline,
              run,
              Machine.clock().instant(),
              text(store, run),
              lines == 0 ? Map.of() : samples(timeline, run, lines));
      return write(page.html(), file, console);
    }
  }

  private static Path file(Arguments arguments, StoredRun run) {
    String given = arguments.text("--to");
    String name = given == null ? run.workflow() + "-" + run.id() + ".html" : given;
    Path file = Plugins.path("--to", name).toAbsolutePath().normalize();
    if (Files.isDirectory(file)) {
      throw new WrongUsage("`--to` names a file; " + file + " is a folder");
    }
    return file;
  }

  /** The page can do without: the steps are in the events, too. */
  private static @Nullable String text(Store store, StoredRun run) {
    try {
      return store.workflow(run.digest());
    } catch (StoreException lost) {
      return null;
    }
  }

  /** Beside first, so that nobody opens half a page. */
  private static int write(String html, Path file, Console console) {
    Path beside = file.resolveSibling("." + file.getFileName() + ".part");
    byte[] bytes = html.getBytes(StandardCharsets.UTF_8);
    try {
      try {
        Files.write(beside, bytes);
        Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(beside);
      }
    } catch (IOException e) {
      console.error("cannot write " + Visible.line(file + ": " + reason(e)));
      return ExitCode.DISK;
    }
    console.print(file + "  " + Figures.bytes(bytes.length) + "\n");
    return ExitCode.SUCCEEDED;
  }

  private static String reason(IOException e) {
    return e instanceof java.nio.file.NoSuchFileException
        ? "there is no such folder"
        : e instanceof java.nio.file.AccessDeniedException
            ? "no permission"
            : String.valueOf(e.getMessage());
  }

  /** Of the files that are still there. */
  private static Map<String, List<String>> samples(Timeline timeline, StoredRun run, int lines) {
    Map<String, List<String>> samples = new LinkedHashMap<>();
    for (RejectFile file : timeline.rejects().stream().limit(REJECT_FILES).toList()) {
      List<String> first = firstLines(run, file, lines);
      if (!first.isEmpty()) {
        samples.put(file.path(), first);
      }
    }
    return samples;
  }

  private static List<String> firstLines(StoredRun run, RejectFile file, int lines) {
    try {
      return RejectLines.read(run, file, 0, lines).map(RejectLines.Some::lines).orElse(List.of());
    } catch (IOException unreadable) {
      // What the run said of it is told all the same.
      return List.of();
    }
  }
}
