package dev.nightjar.daemon.folder;

import dev.nightjar.daemon.folder.PluginGeneration.Use;
import dev.nightjar.runtime.journal.Event.PluginUsed;
import dev.nightjar.stage.FolderTree;
import dev.nightjar.stage.plugin.PluginException;
import dev.nightjar.stage.plugin.PluginHost;
import dev.nightjar.stage.plugin.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/**
 * The folder of plugins while it changes: each change that has settled makes a generation of its
 * own, over copies of the jars. {@link #look} and {@link #keepOnly} are for one thread, all else
 * for any.
 *
 * <p>What was in force goes before what is new: a jar with a {@link Problem} is left out when with
 * it a processor would be lost that was there, be it of the jar's own older version or of another
 * plugin. That is judged by what jars declare; no class is loaded for it. A jar that cannot be read
 * as one waits until it can. Which jars are in force is remembered beyond the process.
 */
public final class PluginGenerations implements AutoCloseable {

  private final PluginWatch watch;
  private final KeptJars kept;
  private final JarsInForce remembered;
  private final Path copies;
  private final ReentrantLock lock = new ReentrantLock();

  /** All that are not over, the newest last. */
  private final List<PluginGeneration> live = new ArrayList<>();

  /** How many were opened; each has a folder of its own. */
  private int hosts;

  private volatile PluginGeneration current;
  private volatile List<Problem> problems = List.of();

  private PluginGenerations(Path folder, Path work) throws IOException {
    this.kept = new KeptJars(work.resolve("kept"));
    this.watch = new PluginWatch(folder, kept);
    this.remembered = new JarsInForce(work.resolve("in-force"));
    this.copies = work.resolve("loaded");
    // Of a process that was killed.
    FolderTree.remove(copies);
    SortedMap<Path, String> inForce = remembered.read(watch.begin());
    inForce.values().removeIf(digest -> !kept.has(digest));
    this.current = new PluginGeneration(0, inForce, host(inForce));
    PluginChoice choice = choose();
    begin(choice);
    tell(choice);
  }

  /**
   * Takes what is there as the first generation.
   *
   * @param folder of jars
   * @param work for copies of them, used by no other process; made when first needed
   * @throws PluginException when the folder cannot be listed
   */
  public static PluginGenerations open(Path folder, Path work) {
    try {
      return new PluginGenerations(folder, work);
    } catch (IOException e) {
      throw new PluginException(
          "the plugin folder " + folder + " cannot be listed: " + e.getMessage(), e);
    }
  }

  /**
   * Takes over what has changed and settled: looked the same in two looks one after the other.
   * Costs a listing of the folder when nothing has.
   *
   * @return whether {@link #current} or {@link #problems} are others than before
   */
  public boolean look() {
    if (!watch.look()) {
      return false;
    }
    List<Problem> before = problems;
    PluginChoice choice = choose();
    boolean changed = !choice.jars().equals(current.jars());
    if (changed) {
      begin(choice);
    }
    tell(choice);
    return changed || !problems.equals(before);
  }

  private PluginChoice choose() {
    SortedMap<Path, String> inForce = current.jars();
    return PluginChoice.of(watch.jars(inForce), inForce, current.host(), this::host);
  }

  private void tell(PluginChoice choice) {
    List<Problem> all = new ArrayList<>(watch.problems());
    all.addAll(choice.problems());
    problems = List.copyOf(all);
  }

  private void begin(PluginChoice choice) {
    lock.lock();
    try {
      PluginGeneration before = current;
      current = new PluginGeneration(before.number() + 1, choice.jars(), choice.host());
      live.add(current);
      before.retire();
      live.removeIf(PluginGeneration::isOver);
    } finally {
      lock.unlock();
    }
    try {
      remembered.write(choice.jars());
    } catch (IOException forgotten) {
      // After a restart each jar must do by itself, as on the first start.
    }
  }

  private PluginHost host(SortedMap<Path, String> jars) {
    return PluginHost.open(
        jars.entrySet().stream().map(jar -> kept.copy(jar.getKey(), jar.getValue())).toList(),
        copies.resolve(String.valueOf(++hosts)));
  }

  /** The newest generation. */
  public PluginGeneration current() {
    return current;
  }

  /** What is wrong with the jars that lie in the folder now, and with the folder itself. */
  public List<Problem> problems() {
    return problems;
  }

  /**
   * The newest plugins, for one run.
   *
   * @throws IllegalStateException when closed
   */
  public Use use() {
    lock.lock();
    try {
      checkOpen();
      return Objects.requireNonNull(current.use());
    } finally {
      lock.unlock();
    }
  }

  /**
   * The plugins that a run began with, to the byte, whatever lies in the folder now; empty when
   * they are no longer kept.
   *
   * @throws IllegalStateException when closed
   */
  public Optional<Use> forRun(List<PluginUsed> plugins) {
    lock.lock();
    try {
      checkOpen();
      for (PluginGeneration generation : live.reversed()) {
        Use use = generation.has(plugins) ? generation.use() : null;
        if (use != null) {
          return Optional.of(use);
        }
      }
      return again(plugins);
    } finally {
      lock.unlock();
    }
  }

  private void checkOpen() {
    if (current.isOver()) {
      throw new IllegalStateException("the plugins are closed");
    }
  }

  /** From copies that no generation in use has together. */
  private Optional<Use> again(List<PluginUsed> plugins) {
    SortedMap<Path, String> jars = new TreeMap<>();
    plugins.forEach(plugin -> jars.put(kept.file(plugin.sha256()), plugin.sha256()));
    if (!jars.values().stream().allMatch(kept::has)) {
      return Optional.empty();
    }
    var generation = new PluginGeneration(current.number(), jars, host(jars));
    Use use = generation.has(plugins) ? generation.use() : null;
    if (use == null) {
      return Optional.empty();
    }
    generation.retire();
    live.addFirst(generation);
    return Optional.of(use);
  }

  /**
   * Removes the copies of jars that nobody needs any more.
   *
   * @param unfinished the plugins that unfinished runs began with
   */
  public void keepOnly(Collection<PluginUsed> unfinished) {
    Set<String> needed = watch.digests().collect(Collectors.toCollection(HashSet::new));
    unfinished.forEach(plugin -> needed.add(plugin.sha256()));
    lock.lock();
    try {
      live.removeIf(PluginGeneration::isOver);
      live.forEach(generation -> needed.addAll(generation.jars().values()));
      kept.keepOnly(needed);
    } catch (IOException stay) {
      // They lie in a work folder and harm nobody; the next time may remove them.
    } finally {
      lock.unlock();
    }
  }

  /** Ends each generation with its last use. */
  @Override
  public void close() {
    lock.lock();
    try {
      live.forEach(PluginGeneration::retire);
      live.clear();
    } finally {
      lock.unlock();
    }
  }
}
