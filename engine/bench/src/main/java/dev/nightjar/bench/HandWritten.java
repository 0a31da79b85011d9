package dev.nightjar.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The orders job as somebody would write it who needs this one job, fast, and nothing else: two
 * threads, each of which takes the next piece of the file, scans its bytes once, and waits for its
 * turn to write. No tree is made, no string unless a name is not ASCII.
 *
 * <p>It leaves out what an engine must do besides: counters, progress, retries, a target that
 * appears at once or not at all, forcing to disk.
 */
final class HandWritten {

  private static final int THREADS = 2;
  private static final int PIECE = 4 << 20;

  /** No line of the data is longer. */
  private static final int LONGEST = 64 << 10;

  private final FileChannel in;
  private final FileChannel out;
  private final FileChannel rejects;
  private final long size;
  private long nextPiece;
  private long turn;

  private HandWritten(FileChannel in, FileChannel out, FileChannel rejects) throws IOException {
    this.in = in;
    this.out = out;
    this.rejects = rejects;
    this.size = in.size();
  }

  /** Arguments: the orders, the file to write, the file for the lines that were set aside. */
  public static void main(String[] args) throws IOException, InterruptedException {
    try (var in = FileChannel.open(Path.of(args[0]), StandardOpenOption.READ);
        var out = create(Path.of(args[1]));
        var rejects = create(Path.of(args[2]))) {
      new HandWritten(in, out, rejects).run();
    }
  }

  private static FileChannel create(Path file) throws IOException {
    Files.deleteIfExists(file);
    return FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  private void run() throws InterruptedException {
    try (var threads = Executors.newFixedThreadPool(THREADS)) {
      var workers = new ArrayList<Future<Void>>();
      for (int i = 0; i < THREADS; i++) {
        workers.add(threads.submit(this::work));
      }
      for (Future<Void> worker : workers) {
        worker.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  private synchronized long take() {
    return nextPiece++;
  }

  private Void work() throws IOException, InterruptedException {
    var bytes = new byte[PIECE + LONGEST + 1];
    var kept = new ByteArrayOutputStream(PIECE / 2);
    var rejected = new ByteArrayOutputStream(PIECE / 16);
    var order = new HandWrittenOrder(bytes);
    for (long piece = take(); piece * PIECE < size; piece = take()) {
      kept.reset();
      rejected.reset();
      lines(piece * PIECE, order, kept, rejected);
      write(piece, kept, rejected);
    }
    return null;
  }

  /** The lines that begin in a piece; it is read from one byte before to know whether one does. */
  private void lines(
      long start,
      HandWrittenOrder order,
      ByteArrayOutputStream kept,
      ByteArrayOutputStream rejected)
      throws IOException {
    byte[] bytes = order.bytes();
    long from = Math.max(0, start - 1);
    int end = read(bytes, from);
    int at = start == 0 ? 0 : order.lineEnd(0, end) + 1;
    while (at < end && from + at < start + PIECE) {
      int lineEnd = order.lineEnd(at, end);
      if (order.scan(at, lineEnd)) {
        order.writeTo(kept);
      } else {
        rejected.write(bytes, at, lineEnd - at);
        rejected.write('\n');
      }
      at = lineEnd + 1;
    }
  }

  private int read(byte[] bytes, long from) throws IOException {
    var buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining() && in.read(buffer, from + buffer.position()) >= 0) {
      // Reads on until the array is full or the file ends.
    }
    return buffer.position();
  }

  private synchronized void write(
      long piece, ByteArrayOutputStream kept, ByteArrayOutputStream rejected)
      throws IOException, InterruptedException {
    while (turn != piece) {
      wait();
    }
    write(kept, out);
    write(rejected, rejects);
    turn++;
    notifyAll();
  }

  private static void write(ByteArrayOutputStream bytes, FileChannel to) throws IOException {
    var buffer = ByteBuffer.wrap(bytes.toByteArray());
    while (buffer.hasRemaining()) {
      to.write(buffer);
    }
  }
}
