package dev.nightjar.daemon;

import dev.nightjar.store.HeldException;
import dev.nightjar.store.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** One daemon to a work folder: held until it is closed, or its process ends in whatever way. */
final class DaemonLock implements AutoCloseable {

  private static final int LONGEST_PID = 20;

  private final FileChannel file;

  private DaemonLock(FileChannel file) {
    this.file = file;
  }

  /**
   * Takes it.
   *
   * @throws HeldException when another daemon has it, saying which
   * @throws StoreException when the folder cannot be written
   */
  static DaemonLock take(Path home) {
    Path path = home.resolve("daemon.lock");
    FileChannel file = null;
    try {
      Files.createDirectories(home);
      file =
          FileChannel.open(
              path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      if (lock(file) == null) {
        String owner = read(file);
        file.close();
        throw new HeldException(
            "Process %s serves with the work folder %s already; stop it, or name another folder with `--home`."
                .formatted(owner, home));
      }
      file.truncate(0);
      byte[] pid =
          String.valueOf(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII);
      file.write(ByteBuffer.wrap(pid), 0);
      return new DaemonLock(file);
    } catch (IOException e) {
      throw new StoreException(
          "The work folder %s cannot be used: %s. Make it writable, or name another one with `--home`."
              .formatted(home, e.getMessage()),
          e);
    }
  }

  private static @Nullable FileLock lock(FileChannel file) throws IOException {
    try {
      return file.tryLock();
    } catch (OverlappingFileLockException ofThisProcess) {
      return null;
    }
  }

  private static String read(FileChannel file) throws IOException {
    var bytes = ByteBuffer.allocate(LONGEST_PID);
    file.read(bytes, 0);
    return new String(bytes.array(), 0, bytes.position(), StandardCharsets.US_ASCII).strip();
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      // The end of the process gives it back.
    }
  }
}
