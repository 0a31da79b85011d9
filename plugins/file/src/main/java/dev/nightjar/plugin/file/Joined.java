package dev.nightjar.plugin.file;

import dev.nightjar.spi.StepContext;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * One file made of several, one behind the other, while they come: so that little is left to do
 * when the last one is there. It lies in the folder of the commit; a single piece that is not to be
 * packed is taken as it is.
 */
final class Joined implements Closeable {

  /**
   * So much is brought to the disk at once. Less than the piece of a common task: its bytes are
   * there before the sink waits for the next piece, or for leave to make all of them visible.
   */
  private static final long FLUSHED = 8L << 20;

  private final Path file;
  private final boolean gzip;
  private final Copying copying;
  private @Nullable Path first;
  private @Nullable FileChannel channel;
  private @Nullable GZIPOutputStream packed;

  /** Bytes that are on the disk. */
  private long flushed;

  /** Nothing yet; what an earlier commit has left is overwritten. */
  Joined(boolean gzip, StepContext context) {
    this.file = context.part().resolve("joined");
    this.gzip = gzip;
    this.copying = new Copying(context);
  }

  /** Puts a piece behind the others. */
  void add(Path piece) throws IOException {
    if (gzip) {
      copying.copy(piece, packed());
    } else if (first == null) {
      first = piece;
    } else {
      copying.copy(piece, channel());
    }
    flushMuch();
  }

  private void flushMuch() throws IOException {
    if (channel != null && channel.position() - flushed >= FLUSHED) {
      channel.force(false);
      flushed = channel.position();
    }
  }

  /** The file, all of it on disk; there are no more pieces. */
  Path finish() throws IOException {
    if (first != null && channel == null) {
      return first;
    }
    if (gzip) {
      packed().finish();
    }
    channel().force(true);
    return file;
  }

  private GZIPOutputStream packed() throws IOException {
    GZIPOutputStream open = packed;
    if (open == null) {
      open = new GZIPOutputStream(Channels.newOutputStream(channel()), Copying.BUFFER);
      packed = open;
    }
    return open;
  }

  /** Where the next bytes go: behind those of the first piece, which has waited for a second. */
  private FileChannel channel() throws IOException {
    FileChannel open = channel;
    if (open == null) {
      open =
          FileChannel.open(
              file,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE);
      channel = open;
      if (first != null) {
        copying.copy(first, open);
      }
    }
    return open;
  }

  @Override
  public void close() throws IOException {
    if (channel != null) {
      channel.close();
    }
  }
}
