package dev.nightjar.stage;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file of a part while it is written. */
final class PartFile implements AutoCloseable {

  private final FileChannel channel;
  private final DataOutputStream out;

  /** Makes the file, and its folder where that is missing. */
  PartFile(Path file, int buffer) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE);
    out = new DataOutputStream(new BufferedOutputStream(Channels.newOutputStream(channel), buffer));
  }

  DataOutputStream out() {
    return out;
  }

  /** Puts everything on disk: a task is done only when its part would outlive a power cut. */
  void finish() throws IOException {
    out.flush();
    channel.force(true);
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
