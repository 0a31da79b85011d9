package dev.nightjar.store;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A process that has a run.
 *
 * @param boot changes with each start of the machine, and differs where process numbers mean
 *     something else, as in a container; empty when the system does not tell
 * @param born when the process started, as the system counts it: tells it from another one that got
 *     its number later
 */
record Owner(String host, String boot, long pid, String born) {

  private static final Path PROCESSES = Path.of("/proc");

  /** This process. */
  static Owner self() {
    long pid = ProcessHandle.current().pid();
    String born = born(pid);
    return new Owner(hostName(), bootMark(), pid, born == null ? "" : born);
  }

  /**
   * Whether the process has certainly ended. One of another machine, or of an earlier start of this
   * one, may be somewhere else: that cannot be known.
   */
  boolean isDead(Owner self) {
    return host.equals(self.host)
        && boot.equals(self.boot)
        && !boot.isEmpty()
        && !born.equals(born(pid));
  }

  private static String hostName() {
    try {
      Path system = PROCESSES.resolve("sys/kernel/hostname");
      if (Files.exists(system)) {
        return Files.readString(system).strip();
      }
      // May ask the network for its name, which takes seconds where there is none.
      return InetAddress.getLocalHost().getHostName();
    } catch (IOException unnamed) {
      return "localhost";
    }
  }

  private static String bootMark() {
    try {
      Path system = PROCESSES.resolve("sys/kernel/random/boot_id");
      if (Files.exists(system)) {
        // Containers of one machine share its boot, not its process numbers.
        return Files.readString(system).strip()
            + " "
            + Files.readSymbolicLink(PROCESSES.resolve("self/ns/pid"));
      }
      return "";
    } catch (IOException untold) {
      return "";
    }
  }

  /** Null when there is no such process, or it has ended and only its parent does not know. */
  private static @Nullable String born(long pid) {
    Path facts = PROCESSES.resolve(pid + "/stat");
    if (!Files.isDirectory(PROCESSES)) {
      Optional<ProcessHandle> process = ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
      return process.flatMap(one -> one.info().startInstant()).map(Object::toString).orElse(null);
    }
    try {
      String text = Files.readString(facts);
      // Behind the name, which may have blanks and brackets in it: state is the third field, the
      // start in ticks the 22nd.
      String[] fields = text.substring(text.lastIndexOf(')') + 2).split(" ", -1);
      return fields[0].equals("Z") || fields[0].equals("X") ? null : fields[19];
    } catch (IOException gone) {
      return null;
    }
  }

  /** {@code process 4711 on host}. */
  @Override
  public String toString() {
    return "process " + pid + " on " + host;
  }
}
