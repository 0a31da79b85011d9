package dev.nightjar.stage;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/** What can be told of this machine's processes; of those of other users only little. */
final class Processes {

  /** Where Linux shows them; no such folder elsewhere. */
  private static final Path PROC = Path.of("/proc");

  /** The JDK's go-between: for some milliseconds it stands where the process will be. */
  private static final String GO_BETWEEN = "/jspawnhelper";

  /** At most so often, a hundredth of a second each. */
  private static final int LOOKS = 100;

  private static final long LOOK_NANOS = 10_000_000;

  /** For so long a process may show no environment, while it becomes another program. */
  private static final long EXEC_NANOS = 2_000_000;

  private Processes() {}

  /** Those whose environment has all of these; none where the machine does not show it. */
  static Set<ProcessHandle> marked(Map<String, String> marks) {
    List<String> wanted = marks.entrySet().stream().map(Object::toString).toList();
    Set<ProcessHandle> found = new HashSet<>();
    List<ProcessHandle> unsure = new ArrayList<>();
    ProcessHandle.allProcesses()
        .forEach(process -> {
          Set<String> environment = environment(process);
          if (environment.containsAll(wanted)) {
            found.add(process);
          } else if (environment.isEmpty() && !command(process).isEmpty()) {
            unsure.add(process);
          }
        });
    if (!unsure.isEmpty()) {
      LockSupport.parkNanos(EXEC_NANOS);
      unsure.removeIf(process -> !environment(process).containsAll(wanted));
      found.addAll(unsure);
    }
    return found;
  }

  private static Set<String> environment(ProcessHandle process) {
    try {
      byte[] bytes = Files.readAllBytes(of(process).resolve("environ"));
      return bytes.length == 0
          ? Set.of()
          : new HashSet<>(Arrays.asList(new String(bytes, StandardCharsets.UTF_8).split("\0", -1)));
    } catch (IOException notShown) {
      return Set.of();
    }
  }

  private static Path of(ProcessHandle process) {
    return PROC.resolve(String.valueOf(process.pid()));
  }

  /** Those that any of them has started, and so on; an orphan's parent is forgotten. */
  static Set<ProcessHandle> descendants(Collection<ProcessHandle> of) {
    return List.copyOf(of).stream()
        .flatMap(ProcessHandle::descendants)
        .collect(Collectors.toCollection(HashSet::new));
  }

  /** Whether it lives; one that has ended and whose parent does not care is still shown. */
  static boolean alive(ProcessHandle process) {
    return process.isAlive() && !hasEnded(process);
  }

  private static boolean hasEnded(ProcessHandle process) {
    try {
      String line = Files.readString(of(process).resolve("stat"), StandardCharsets.ISO_8859_1);
      // The state stands behind the name, which may have anything in it.
      int name = line.lastIndexOf(')');
      return name > 0 && "ZX".indexOf(line.charAt(name + 2)) >= 0;
    } catch (IOException | StringIndexOutOfBoundsException notShown) {
      return false;
    }
  }

  /**
   * Waits, a second at most, until what an engine was starting when it died can be told from its
   * environment.
   */
  static void awaitLaunches() {
    for (int look = 0; look < LOOKS && !orphanedLaunches().isEmpty(); look++) {
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  private static List<ProcessHandle> orphanedLaunches() {
    var found = new ArrayList<ProcessHandle>();
    ProcessHandle.allProcesses()
        .filter(process -> command(process).endsWith(GO_BETWEEN))
        .filter(process -> !process.parent().map(Processes::command).orElse("").endsWith("/java"))
        .forEach(found::add);
    return found;
  }

  private static String command(ProcessHandle process) {
    return process.info().command().orElse("");
  }
}
