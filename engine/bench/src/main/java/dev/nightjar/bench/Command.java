package dev.nightjar.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * A program to measure.
 *
 * <p>Bash's {@code time} tells wall and CPU seconds to the millisecond. The most resident memory is
 * the kernel's high-water mark ({@code VmHWM}) of the largest process, read every few milliseconds
 * while it runs: a mark never falls, so the last one read is short only of what came at the very
 * end.
 *
 * @param folder where it runs, and where what it prints goes
 */
record Command(String name, List<String> words, Map<String, String> environment, Path folder) {

  private static final String TIMED =
      "TIMEFORMAT='%R %U %S'; exec 3>time.txt; { time \"$@\" >out.txt 2>err.txt; } 2>&3";

  private static final long BETWEEN_LOOKS_MILLIS = 5;

  Command {
    words = List.copyOf(words);
    environment = Map.copyOf(environment);
  }

  static Command of(String name, Path folder, Object... words) {
    var texts = new ArrayList<String>();
    for (Object word : words) {
      texts.add(word.toString());
    }
    return new Command(name, texts, Map.of(), folder);
  }

  Command with(String variable, String value) {
    var more = new TreeMap<>(environment);
    more.put(variable, value);
    return new Command(name, words, more, folder);
  }

  /**
   * Runs it once.
   *
   * @throws IllegalStateException when it fails
   */
  Usage run() throws IOException, InterruptedException {
    Files.createDirectories(folder);
    var command = new ArrayList<>(List.of("bash", "-c", TIMED, "bash"));
    command.addAll(words);
    var builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    double resident = 0;
    do {
      resident = Math.max(resident, resident(process));
    } while (!process.waitFor(BETWEEN_LOOKS_MILLIS, TimeUnit.MILLISECONDS));
    if (process.exitValue() != 0) {
      throw new IllegalStateException(
          "%s failed (%d): %s%n%s"
              .formatted(name, process.exitValue(), String.join(" ", words), printed("err.txt")));
    }
    String[] seconds = printed("time.txt").strip().split(" ", -1);
    return new Usage(seconds(seconds[0]), seconds(seconds[1]) + seconds(seconds[2]), resident);
  }

  private static double seconds(String text) {
    return Double.parseDouble(text.replace(',', '.'));
  }

  /** What it printed, as text. */
  String printed() throws IOException {
    return printed("out.txt");
  }

  private String printed(String file) throws IOException {
    return Files.readString(folder.resolve(file), StandardCharsets.UTF_8);
  }

  /** The largest of its processes; the shell around them is smaller than any. */
  private static double resident(Process process) {
    return process.descendants().mapToDouble(child -> highWater(child.pid())).max().orElse(0);
  }

  /** In bytes; 0 for a process that has ended. */
  private static double highWater(long pid) {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
        if (line.startsWith("VmHWM:")) {
          return Long.parseLong(line.replaceAll("\\D", "")) * 1024.0;
        }
      }
    } catch (IOException ended) {
      return 0;
    }
    return 0;
  }
}
