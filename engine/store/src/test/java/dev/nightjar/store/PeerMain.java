package dev.nightjar.store;

import static dev.nightjar.store.SampleEvents.ended;
import static dev.nightjar.store.SampleEvents.logged;
import static dev.nightjar.store.SampleEvents.run;

import dev.nightjar.runtime.journal.JournalException;
import dev.nightjar.runtime.monitor.Outcome;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Another process with the same store: does what it is told, a line each, and answers in one. */
final class PeerMain {

  private final Path folder;
  private final Store store;
  private OwnedRun run;

  private PeerMain(Path folder, String url, Duration lease) {
    this.folder = folder;
    String database = url.equals("-") ? null : url;
    this.store = Store.open(new StoreSettings(folder, database, InstantSource.system(), lease));
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    // The start is given by the first line: several begin at once.
    in.readLine();
    PeerMain peer;
    try {
      peer = new PeerMain(Path.of(args[0]), args[1], Duration.ofMillis(Long.parseLong(args[2])));
    } catch (StoreException refused) {
      System.out.println("refused " + refused.getMessage());
      return;
    }
    System.out.println("open");
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      System.out.println(peer.answer(line.split(" ", -1)));
    }
    peer.store.close();
  }

  private String answer(String[] words) throws IOException, InterruptedException {
    try {
      switch (words[0]) {
        case "begin" -> run = store.begin(run(words[1]), event -> {});
        case "adopt" -> run = store.adopt(words[1], event -> {});
        case "append" -> {
          run.append(logged(words[1]));
          run.settle();
        }
        case "forever" -> forever(Integer.parseInt(words[1]));
        case "pool" -> {
          return "most " + pool(words);
        }
        case "close" -> run.close();
        default -> throw new IllegalArgumentException(words[0]);
      }
      return "done";
    } catch (HeldException held) {
      return "held " + held.getMessage();
    } catch (JournalException broken) {
      return broken.why() + " " + broken.getMessage();
    }
  }

  /** Says of each event that it is settled; ends by being killed. */
  private void forever(int first) {
    int i = first;
    while (true) {
      run.append(logged("number " + i));
      if (i % 3 == 0) {
        run.settle();
        System.out.println(i);
      }
      i++;
    }
  }

  /** Goes through a pool so many times; the most runs of live processes that were in it at once. */
  private long pool(String[] words) throws IOException, InterruptedException {
    String me = String.valueOf(ProcessHandle.current().pid());
    var pool =
        new NewRun.Pool(words[1], Integer.parseInt(words[2]), NewRun.Overlap.valueOf(words[3]));
    var random = new Random(Long.parseLong(words[5]));
    Path inside = Files.createDirectories(folder.resolve("inside"));
    long most = 0;
    for (int i = 0; i < Integer.parseInt(words[4]); i++) {
      try (OwnedRun one = store.begin(run(me + "-" + i, pool), event -> {})) {
        if (one.awaitTurn(behind -> {}) instanceof OwnedRun.Turn.Granted) {
          Path mark = Files.createFile(inside.resolve(me + "-" + i));
          System.out.println("inside");
          most = Math.max(most, alive(inside));
          boolean _ = new Semaphore(0).tryAcquire(40 + random.nextInt(30), TimeUnit.MILLISECONDS);
          most = Math.max(most, alive(inside));
          Files.delete(mark);
        }
        one.append(ended(one.id(), Outcome.SUCCEEDED, null));
      }
    }
    return most;
  }

  /** Marks of processes that were killed do not count. */
  private static long alive(Path inside) throws IOException {
    List<Path> marks;
    try (Stream<Path> all = Files.list(inside)) {
      marks = all.toList();
    }
    return marks.stream()
        .filter(mark -> Peer.isAlive(mark.getFileName().toString().replaceFirst("-.*", "")))
        // It may have been taken away since.
        .filter(Files::exists)
        .count();
  }
}
