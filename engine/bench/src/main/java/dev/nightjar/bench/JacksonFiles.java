package dev.nightjar.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;
import tools.jackson.core.JacksonException;

/**
 * Small files with a tree of Jackson's and a virtual thread each. Prints how many are orders and
 * how many are not.
 */
final class JacksonFiles {

  private JacksonFiles() {}

  /** Argument: the folder. */
  public static void main(String[] args) throws IOException {
    System.out.println(counted(Path.of(args[0])));
  }

  /** How many are orders and how many are not, with a blank between. */
  static String counted(Path folder) throws IOException {
    List<Path> files = HandWrittenFiles.list(folder);
    var orders = new LongAdder();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Path file : files) {
        threads.execute(() -> {
          if (isOrder(file)) {
            orders.increment();
          }
        });
      }
    }
    return orders.sum() + " " + (files.size() - orders.sum());
  }

  private static boolean isOrder(Path file) {
    try {
      return JacksonTrees.isOrder(JacksonTrees.JSON.readTree(Files.readAllBytes(file)));
    } catch (JacksonException malformed) {
      return false;
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
