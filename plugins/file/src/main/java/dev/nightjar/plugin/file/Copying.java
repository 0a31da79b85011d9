package dev.nightjar.plugin.file;

import dev.nightjar.spi.StepContext;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Copies files behind others, until the step is to stop. */
record Copying(StepContext context) {

  /** Bytes between two looks at whether the step is to stop. */
  private static final long CHUNK = 16L << 20;

  static final int BUFFER = 64 * 1024;

  /** All of a file. */
  void copy(Path piece, FileChannel to) throws IOException {
    try (var from = FileChannel.open(piece, StandardOpenOption.READ)) {
      copy(from, from.size(), to);
    }
  }

  /** So many bytes from the beginning. */
  void copy(FileChannel from, long size, FileChannel to) throws IOException {
    for (long done = 0; done < size; ) {
      context.checkCancelled();
      long n = from.transferTo(done, Math.min(CHUNK, size - done), to);
      if (n <= 0) {
        throw new IOException("a file became shorter while it was copied");
      }
      done += n;
    }
  }

  /** All of a file, into a stream. */
  void copy(Path piece, OutputStream to) throws IOException {
    byte[] chunk = new byte[BUFFER];
    try (var from = Files.newInputStream(piece)) {
      for (int n = from.read(chunk); n > 0; n = from.read(chunk)) {
        context.checkCancelled();
        to.write(chunk, 0, n);
      }
    }
  }
}
