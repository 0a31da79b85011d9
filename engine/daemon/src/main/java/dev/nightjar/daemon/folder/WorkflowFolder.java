package dev.nightjar.daemon.folder;

import dev.nightjar.model.options.Catalog;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The folder of workflows while it changes. {@link #look} is for one thread, all else for any.
 *
 * <p>Of each file the last good text is in force, whatever lies there now, and also in the next
 * process; a file that is removed takes its workflow along. When plugins change, all is checked
 * again: in force is only what can run with the plugins of now. Of two files with one name, the one
 * in force keeps it. What lies in a folder that cannot be listed stays as it was.
 */
public final class WorkflowFolder {

  /** No generation of plugins has this number. */
  private static final long NONE = -1;

  private final Path folder;
  private final LastGoodTexts texts;
  private final InstantSource clock;
  private final SortedMap<Path, WatchedFile> files = new TreeMap<>();

  private long generation = NONE;
  private boolean tidied;
  private SortedMap<Path, ServedWorkflow> served = new TreeMap<>();
  private List<String> unkept = List.of();
  private volatile Snapshot snapshot = new Snapshot(List.of(), Map.of(), List.of(), List.of());

  /** What other threads see. */
  private record Snapshot(
      List<ServedWorkflow> all,
      Map<String, ServedWorkflow> byName,
      List<String> ignored,
      List<String> problems) {}

  /**
   * A folder that nobody has looked at yet.
   *
   * @param work for the last good texts, used by no other process; made when first needed
   */
  public WorkflowFolder(Path folder, Path work, InstantSource clock) {
    this.folder = folder;
    this.texts = new LastGoodTexts(work);
    this.clock = clock;
  }

  /**
   * Takes up what has changed and settled: looked the same in two looks one after the other. Costs
   * a listing of the folder when nothing has.
   *
   * @param plugins to check with
   * @return what is different now, by file
   */
  public List<WorkflowChange> look(PluginGeneration plugins) {
    WorkflowFiles.Listing found = WorkflowFiles.list(folder);
    boolean changed = recheck(plugins);
    changed |= files.values().removeIf(file -> isGone(file, found));
    for (Map.Entry<Path, FileStamp> file : found.files().entrySet()) {
      changed |= look(file.getKey(), file.getValue(), plugins.catalog());
    }
    tidy(found);
    List<WorkflowChange> changes = changed ? serve() : List.of();
    List<String> problems = problems(found);
    if (changed || !problems.equals(snapshot.problems())) {
      publish(problems);
    }
    return changes;
  }

  private boolean recheck(PluginGeneration plugins) {
    if (plugins.number() == generation) {
      return false;
    }
    generation = plugins.number();
    files.values().forEach(file -> file.recheck(plugins.catalog()));
    return true;
  }

  private boolean isGone(WatchedFile file, WorkflowFiles.Listing found) {
    boolean there = found.files().containsKey(file.path()) || found.hides(file.path());
    if (there || !file.noteMissing()) {
      return false;
    }
    texts.remove(file.file());
    return true;
  }

  private boolean look(Path path, FileStamp stamp, Catalog catalog) {
    WatchedFile file = files.get(path);
    if (file != null) {
      return file.look(stamp, catalog);
    }
    file = new WatchedFile(path, folder.relativize(path).toString());
    files.put(path, file);
    String text = texts.read(file.file());
    if (text != null) {
      file.restore(text, catalog);
    }
    return file.look(stamp, catalog) || text != null;
  }

  /** Once, what was kept of files that are gone is removed. */
  private void tidy(WorkflowFiles.Listing found) {
    if (!tidied && found.unread().isEmpty()) {
      tidied = true;
      texts.keepOnly(files.values().stream().map(WatchedFile::file).toList());
    }
  }

  private List<WorkflowChange> serve() {
    Instant now = clock.instant();
    NameClaims names = NameClaims.of(files.values());
    SortedMap<Path, ServedWorkflow> next = new TreeMap<>();
    for (WatchedFile file : files.values()) {
      ServedWorkflow workflow = file.serve(names, generation, now);
      if (workflow != null) {
        next.put(workflow.file(), workflow);
      }
    }
    List<WorkflowChange> changes = WorkflowChange.between(served, next);
    served = next;
    keepTexts();
    return changes;
  }

  private void keepTexts() {
    List<String> failures = new ArrayList<>();
    for (WatchedFile file : files.values()) {
      CheckedText good = file.good();
      if (good != null) {
        try {
          texts.keep(file.file(), good);
        } catch (IOException e) {
          failures.add(
              file.display()
                  + ": what is in force cannot be kept for the time after a restart: "
                  + e.getMessage());
        }
      }
    }
    unkept = failures;
  }

  private List<String> problems(WorkflowFiles.Listing found) {
    List<String> problems = new ArrayList<>();
    found
        .unread()
        .forEach((path, why) ->
            problems.add(
                path + ": cannot be listed: " + reason(why) + "; what was in force there stays"));
    problems.addAll(unkept);
    return problems;
  }

  private static String reason(IOException e) {
    return switch (e) {
      case NoSuchFileException missing -> "there is no such folder";
      case NotDirectoryException file -> "it is no folder";
      case AccessDeniedException denied -> "no permission";
      default -> String.valueOf(e.getMessage());
    };
  }

  private void publish(List<String> problems) {
    Map<String, ServedWorkflow> byName = new HashMap<>();
    for (ServedWorkflow workflow : served.values()) {
      if (workflow.inForce() != null) {
        byName.put(workflow.inForce().name(), workflow);
      }
    }
    snapshot =
        new Snapshot(
            List.copyOf(served.values()),
            Collections.unmodifiableMap(byName),
            files.values().stream()
                .filter(WatchedFile::isIgnored)
                .map(WatchedFile::display)
                .toList(),
            List.copyOf(problems));
  }

  /** Every workflow file, broken ones included, by path. */
  public List<ServedWorkflow> all() {
    return snapshot.all();
  }

  /** The workflow that is in force under this name; null when there is none. */
  public @Nullable ServedWorkflow find(String name) {
    return snapshot.byName().get(name);
  }

  /** The YAML files that are plainly no workflows, as they are displayed. */
  public List<String> ignored() {
    return snapshot.ignored();
  }

  /** What is wrong with folders, one line each. */
  public List<String> problems() {
    return snapshot.problems();
  }
}
