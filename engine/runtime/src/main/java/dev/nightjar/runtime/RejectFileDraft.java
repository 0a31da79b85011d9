package dev.nightjar.runtime;

import dev.nightjar.stage.RejectLog;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** The file of rejects while tasks still add to it, among the files of the run. */
final class RejectFileDraft implements Closeable {

  private static final int BUFFER = 64 * 1024;

  /** So much is brought to the disk at once: when all tasks have ended, little is left. */
  private static final long FLUSHED = 4L << 20;

  private final Path file;
  private final FileChannel channel;
  private final OutputStream out;
  private long rejected;

  /** Bytes that are on the disk. */
  private long flushed;

  /** An empty one; what an earlier attempt has left is overwritten. */
  RejectFileDraft(Path file) throws IOException {
    this.file = file;
    Files.createDirectories(file.toAbsolutePath().getParent());
    this.channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING);
    this.out = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER);
  }

  /** Adds what a task has set aside. */
  void add(Path log, long lineBase) throws IOException {
    rejected += RejectLog.copyAsJson(log, lineBase, out);
    if (channel.position() - flushed >= FLUSHED) {
      channel.force(false);
      flushed = channel.position();
    }
  }

  /** How many there are. */
  long rejected() {
    return rejected;
  }

  /** Puts it on disk, as another file: moved there, or copied where that is another disk. */
  void finish(Path target) throws IOException {
    out.flush();
    channel.force(true);
    channel.close();
    Files.createDirectories(target.toAbsolutePath().getParent());
    Files.move(file, target, StandardCopyOption.REPLACE_EXISTING);
    try (var moved = FileChannel.open(target, StandardOpenOption.WRITE)) {
      moved.force(true);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
    Files.deleteIfExists(file);
  }
}
