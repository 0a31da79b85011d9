package dev.nightjar.runtime;

import dev.nightjar.spi.Cancelled;
import dev.nightjar.spi.Split;
import dev.nightjar.stage.Spool;
import dev.nightjar.stage.TaskResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How the input of a stage is shared out among its tasks, and what they gave back. */
final class StageTasks {

  /** Small splits are given to one task until it has this much to read, in bytes. */
  private static final long TASK_BYTES = 8L * 1024 * 1024;

  /**
   * Nor more than so many, however small: opening a file takes time, too. What a task leaves on
   * disk takes as long as a hundred small files.
   */
  private static final int TASK_SPLITS = 1024;

  private final List<Input> inputs;
  private final @Nullable TaskResult[] results;
  private final @Nullable Path[] parts;

  /** What one task reads. */
  record Input(List<Split> splits, Spool spool) {}

  private StageTasks(List<Input> inputs) {
    this.inputs = inputs;
    this.results = new TaskResult[inputs.size()];
    this.parts = new Path[inputs.size()];
  }

  /** The tasks of a source that was shared out before. */
  static StageTasks ofTasks(List<List<Split>> tasks) {
    return new StageTasks(
        tasks.stream().map(splits -> new Input(List.copyOf(splits), Spool.EMPTY)).toList());
  }

  /**
   * Tasks for the splits of a source; at least one, so that empty input has an output, too.
   *
   * @param known those whose result is known; no task has some of both kinds
   */
  static StageTasks ofSplits(List<Split> splits, boolean single, BitSet known) {
    var inputs = new ArrayList<Input>();
    for (List<Split> group : single ? List.of(splits) : groups(splits, known)) {
      inputs.add(new Input(List.copyOf(group), Spool.EMPTY));
    }
    if (inputs.isEmpty()) {
      inputs.add(new Input(List.of(), Spool.EMPTY));
    }
    return new StageTasks(inputs);
  }

  /**
   * Tasks for records that wait on disk: one for some neighbouring parts, or one for all. The same
   * parts are shared out alike, whatever is known of them: nobody remembers how it was done.
   */
  static StageTasks ofSpool(Spool spool, boolean single) {
    var inputs = new ArrayList<Input>();
    if (single || spool.parts().isEmpty()) {
      inputs.add(new Input(List.of(), spool));
    } else {
      for (List<Spool.Part> group : groups(spool.parts())) {
        inputs.add(new Input(List.of(), new Spool(group)));
      }
    }
    return new StageTasks(inputs);
  }

  /** Small parts together; a whole file is what another task has found worth a task. */
  private static List<List<Spool.Part>> groups(List<Spool.Part> parts) {
    var groups = new ArrayList<List<Spool.Part>>();
    var group = new ArrayList<Spool.Part>();
    long bytes = 0;
    for (Spool.Part part : parts) {
      long size = part.length() < 0 ? TASK_BYTES : part.length();
      if (!group.isEmpty() && (bytes + size > TASK_BYTES || group.size() >= TASK_SPLITS)) {
        groups.add(List.copyOf(group));
        group.clear();
        bytes = 0;
      }
      group.add(part);
      bytes += size;
    }
    groups.add(group);
    return groups;
  }

  /**
   * Neighbours together. A piece of a source that was cut stays alone, because the lines of the
   * pieces before it are counted by task.
   */
  private static List<List<Split>> groups(List<Split> splits, BitSet known) {
    var groups = new ArrayList<List<Split>>();
    var group = new ArrayList<Split>();
    long bytes = 0;
    for (int i = 0; i < splits.size(); i++) {
      Split split = splits.get(i);
      boolean piece = sameSource(splits, i - 1, i) || sameSource(splits, i, i + 1);
      boolean other = i > 0 && known.get(i) != known.get(i - 1);
      long size = split.bytes() < 0 ? TASK_BYTES : split.bytes();
      boolean full = bytes + size > TASK_BYTES || group.size() >= TASK_SPLITS;
      if (!group.isEmpty() && (piece || other || full)) {
        groups.add(group);
        group = new ArrayList<>();
        bytes = 0;
      }
      group.add(split);
      bytes += piece ? TASK_BYTES : size;
    }
    if (!group.isEmpty()) {
      groups.add(group);
    }
    return groups;
  }

  private static boolean sameSource(List<Split> splits, int one, int other) {
    return one >= 0
        && other < splits.size()
        && splits.get(one).source().equals(splits.get(other).source());
  }

  int size() {
    return inputs.size();
  }

  Input input(int task) {
    return inputs.get(task);
  }

  /** What there is to read in bytes, or -1 when unknown. */
  long bytes() {
    long sum = 0;
    for (Input input : inputs) {
      for (Split split : input.splits()) {
        if (split.bytes() < 0) {
          return -1;
        }
        sum += split.bytes();
      }
      if (input.splits().isEmpty()) {
        return -1;
      }
    }
    return sum;
  }

  /** What each task reads of a source. */
  List<List<Split>> splits() {
    return inputs.stream().map(Input::splits).toList();
  }

  /**
   * A task is done.
   *
   * @param part what it has left on disk
   */
  synchronized void done(int task, TaskResult result, Path part) {
    results[task] = result;
    parts[task] = part;
    notifyAll();
  }

  /**
   * As {@link #part}, when the task is done.
   *
   * @throws Cancelled when the waiting thread is interrupted
   */
  synchronized Path awaitPart(int task) {
    try {
      while (parts[task] == null) {
        wait();
      }
      return part(task);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Cancelled();
    }
  }

  /** What a task that is done has left on disk. */
  synchronized Path part(int task) {
    return Objects.requireNonNull(parts[task]);
  }

  /** Whether every task is done. */
  synchronized boolean complete() {
    return Arrays.stream(results).allMatch(result -> result != null);
  }

  synchronized @Nullable TaskResult result(int task) {
    return results[task];
  }

  /** The lines of a task's source that earlier tasks have read; -1 when one of them has not. */
  synchronized long lineBase(int task) {
    String source = piece(task);
    if (source == null) {
      return 0;
    }
    long lines = 0;
    for (int i = task - 1; i >= 0 && source.equals(piece(i)); i--) {
      TaskResult before = results[i];
      if (before == null) {
        return -1;
      }
      lines += before.lines();
    }
    return lines;
  }

  /** The source that a task reads alone; null when it reads several. */
  private @Nullable String piece(int task) {
    List<Split> splits = inputs.get(task).splits();
    return splits.size() == 1 ? splits.getFirst().source() : null;
  }
}
