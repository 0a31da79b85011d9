package dev.nightjar.testkit;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A folder on a disk that fails when a test says so, and that tells what was done to it. A workflow
 * that lies in it, with all that its steps read and write, runs on it wholly.
 *
 * <pre>{@code
 * var disk = FaultyDisk.over(folder);
 * var tester = WorkflowTester.in(disk.root());
 * disk.fail(operation -> operation.kind() == FORCE, Fault.FULL);
 * assertThat(tester.run(yaml).failure().message()).contains("No space left on device");
 * }</pre>
 */
public final class FaultyDisk {

  private final Path folder;
  private final List<Operation> operations = new ArrayList<>();
  private final Path root;
  private Predicate<Operation> broken = operation -> false;
  private @Nullable Fault fault;
  private @Nullable Operation failed;

  private FaultyDisk(Path folder) throws IOException {
    this.folder = folder.toRealPath();
    this.root = new FaultyProvider(this, folder.getFileSystem()).wrap(this.folder);
  }

  /** A disk that keeps its files in a folder of the machine's own. */
  public static FaultyDisk over(Path folder) throws IOException {
    return new FaultyDisk(folder);
  }

  /** The folder on this disk. */
  public Path root() {
    return root;
  }

  /** What is done to files. */
  public enum Kind {
    /** A file is opened for reading, or a folder to be listed. */
    READ,
    /** A file is opened for writing, and made if it is not there. */
    OPEN,
    WRITE,
    /** A file's or folder's content is to be on disk. */
    FORCE,
    /** A file or folder gets another name. */
    MOVE,
    /** A file gets a second name. */
    LINK,
    /** A folder is made. */
    FOLDER,
    DELETE,
    /** Permissions are given. */
    MODE
  }

  /**
   * Something done to a file or folder.
   *
   * @param path below the folder; of a move or link the new one
   */
  public record Operation(Kind kind, Path path) {}

  /** How an operation fails. */
  public enum Fault {
    /** ENOSPC. */
    FULL("No space left on device"),
    /** EIO. */
    BROKEN("Input/output error"),
    /** EACCES. */
    DENIED("Permission denied"),
    /** The half of what is to be written is; then the disk is full. */
    SHORT("No space left on device");

    private final String text;

    Fault(String text) {
      this.text = text;
    }

    /** What the system says. */
    public String text() {
      return text;
    }

    IOException of(@Nullable Path path) {
      if (path == null) {
        return new IOException(text);
      }
      return this == DENIED
          ? new AccessDeniedException(path.toString())
          : new FileSystemException(path.toString(), null, text);
    }
  }

  /** What was done since the disk was made or last {@link #forget told to forget}, in order. */
  public synchronized List<Operation> operations() {
    return List.copyOf(operations);
  }

  /** Forgets what was done. */
  public synchronized void forget() {
    operations.clear();
  }

  /** From now on the first operation of this kind fails, and no other. */
  public synchronized void fail(Predicate<Operation> which, Fault how) {
    broken = which;
    fault = how;
    failed = null;
  }

  /** From now on nothing fails. */
  public synchronized void mend() {
    broken = operation -> false;
    fault = null;
  }

  /** The operation that has failed; null when none has. */
  public synchronized @Nullable Operation failed() {
    return failed;
  }

  /**
   * Counts an operation on a path of the machine.
   *
   * @throws IOException when it is to fail
   */
  void enter(Kind kind, Path path) throws IOException {
    Fault fails = next(kind, path);
    if (fails != null) {
      throw fails.of(path);
    }
  }

  /** Counts an operation; how it is to fail, or null. */
  synchronized @Nullable Fault next(Kind kind, Path path) {
    if (!path.startsWith(folder)) {
      return null;
    }
    var operation = new Operation(kind, folder.relativize(path));
    operations.add(operation);
    if (fault == null || failed != null || !broken.test(operation)) {
      return null;
    }
    failed = operation;
    return Objects.requireNonNull(fault);
  }
}
