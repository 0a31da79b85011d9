package dev.nightjar.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Small files by hand: two threads, each of which reads the next file into the array it has, and
 * looks at each byte once. Prints how many are orders and how many are not.
 */
final class HandWrittenFiles {

  private static final int THREADS = 2;

  /** No file of the data is larger. */
  private static final int LARGEST = 64 << 10;

  private final List<Path> files;
  private final AtomicInteger next = new AtomicInteger();

  private HandWrittenFiles(List<Path> files) {
    this.files = files;
  }

  /** Argument: the folder. */
  public static void main(String[] args) throws IOException, InterruptedException {
    System.out.println(counted(Path.of(args[0])));
  }

  /** How many are orders and how many are not, with a blank between. */
  static String counted(Path folder) throws IOException, InterruptedException {
    List<Path> files = list(folder);
    int orders = new HandWrittenFiles(files).orders();
    return orders + " " + (files.size() - orders);
  }

  static List<Path> list(Path folder) throws IOException {
    var files = new ArrayList<Path>();
    try (var entries = Files.newDirectoryStream(folder, "*.json")) {
      entries.forEach(files::add);
    }
    return files;
  }

  private int orders() throws InterruptedException {
    try (var threads = Executors.newFixedThreadPool(THREADS)) {
      var workers = new ArrayList<Future<Integer>>();
      for (int i = 0; i < THREADS; i++) {
        workers.add(threads.submit(this::work));
      }
      int orders = 0;
      for (Future<Integer> worker : workers) {
        orders += worker.get();
      }
      return orders;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  private int work() throws IOException {
    var buffer = ByteBuffer.allocateDirect(LARGEST);
    var bytes = new byte[LARGEST];
    var order = new HandWrittenOrder(bytes);
    int orders = 0;
    for (int i = next.getAndIncrement(); i < files.size(); i = next.getAndIncrement()) {
      int size = read(files.get(i), buffer, bytes);
      orders += order.scan(0, size) ? 1 : 0;
    }
    return orders;
  }

  private static int read(Path file, ByteBuffer buffer, byte[] bytes) throws IOException {
    buffer.clear();
    try (var in = FileChannel.open(file, StandardOpenOption.READ)) {
      while (in.read(buffer) > 0) {
        // Reads on until the file ends.
      }
    }
    if (!buffer.hasRemaining()) {
      throw new IOException(file + " is larger than " + LARGEST + " bytes");
    }
    int size = buffer.position();
    buffer.get(0, bytes, 0, size);
    return size;
  }
}
