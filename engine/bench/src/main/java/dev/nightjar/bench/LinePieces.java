package dev.nightjar.bench;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A file of lines, done by two threads, each of which takes the next piece and waits for its turn
 * to write. The frame of every program of ours that Nightjar is held against, so that they differ
 * in the work alone.
 *
 * <p>It leaves out what an engine must do besides: counters, progress, retries, a target that
 * appears at once or not at all, forcing to disk.
 */
final class LinePieces {

  private static final int THREADS = 2;
  private static final int PIECE = 4 << 20;

  /** No line of the data is longer. */
  private static final int LONGEST = 64 << 10;

  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101_0101_0101_0101L;
  private static final long HIGHS = ONES << 7;

  private final FileChannel in;
  private final FileChannel out;
  private final FileChannel rejects;
  private final Maker maker;
  private final long size;
  private long nextPiece;
  private long turn;

  /** What is done with the lines; each thread has its own. */
  interface Work {

    /**
     * Does the lines that begin from one index to below another.
     *
     * @param end where the bytes end that were read; every one of these lines is whole
     */
    void lines(int from, int limit, int end) throws IOException;
  }

  /** Makes the work of a thread. */
  interface Maker {

    /**
     * The work on an array.
     *
     * @param in filled anew before each call of {@link Work#lines}
     * @param kept emptied before each call, written after it
     */
    Work make(byte[] in, Bytes kept, Bytes rejected);
  }

  private LinePieces(FileChannel in, FileChannel out, FileChannel rejects, Maker maker)
      throws IOException {
    this.in = in;
    this.out = out;
    this.rejects = rejects;
    this.maker = maker;
    this.size = in.size();
  }

  /** Arguments: the lines, the file to write, the file for the lines that were set aside. */
  static void run(String[] args, Maker maker) throws IOException, InterruptedException {
    try (var in = FileChannel.open(Path.of(args[0]), StandardOpenOption.READ);
        var out = create(Path.of(args[1]));
        var rejects = create(Path.of(args[2]))) {
      new LinePieces(in, out, rejects, maker).run();
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
    var kept = new Bytes(PIECE / 2);
    var rejected = new Bytes(PIECE / 16);
    Work work = maker.make(bytes, kept, rejected);
    for (long piece = take(); piece * PIECE < size; piece = take()) {
      kept.clear();
      rejected.clear();
      lines(piece * PIECE, bytes, work);
      write(piece, kept, rejected);
    }
    return null;
  }

  /** The lines that begin in a piece; it is read from one byte before to know whether one does. */
  private void lines(long start, byte[] bytes, Work work) throws IOException {
    long from = Math.max(0, start - 1);
    int end = read(bytes, from);
    int first = start == 0 ? 0 : lineEnd(bytes, 0, end) + 1;
    work.lines(first, (int) Math.min(end, start + PIECE - from), end);
  }

  private int read(byte[] bytes, long from) throws IOException {
    var buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining() && in.read(buffer, from + buffer.position()) >= 0) {
      // Reads on until the array is full or the file ends.
    }
    return buffer.position();
  }

  private synchronized void write(long piece, Bytes kept, Bytes rejected)
      throws IOException, InterruptedException {
    while (turn != piece) {
      wait();
    }
    kept.writeTo(out);
    rejected.writeTo(rejects);
    turn++;
    notifyAll();
  }

  /** The next line feed, or the end. */
  static int lineEnd(byte[] in, int from, int to) {
    int at = from;
    for (; at <= to - Long.BYTES; at += Long.BYTES) {
      long difference = (long) WORD.get(in, at) ^ (ONES * '\n');
      long found = (difference - ONES) & ~difference & HIGHS;
      if (found != 0) {
        return at + (Long.numberOfTrailingZeros(found) >>> 3);
      }
    }
    while (at < to && in[at] != '\n') {
      at++;
    }
    return at;
  }
}
