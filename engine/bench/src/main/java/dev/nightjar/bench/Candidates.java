package dev.nightjar.bench;

import java.io.File;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Who takes part in a comparison, and who does not, with the reason. */
final class Candidates {

  private final List<Candidate> all = new ArrayList<>();
  private final Map<String, String> absent = new LinkedHashMap<>();

  /** Ours and those that it is held against. */
  static Candidates of(Command... needed) {
    var candidates = new Candidates();
    for (Command command : needed) {
      candidates.all.add(new Candidate(command, true, 1));
    }
    return candidates;
  }

  /** One that takes part if its program and others that it starts are installed. */
  Candidates ifThere(Command command, String... programs) {
    return ifThere(command, 1, programs);
  }

  /** The same with so many times less to do. */
  Candidates ifThere(Command command, double factor, String... programs) {
    for (String program : programs) {
      if (!isThere(program)) {
        return without(command.name(), "there is no " + program);
      }
    }
    all.add(new Candidate(command, false, factor));
    return this;
  }

  Candidates without(String name, String reason) {
    absent.put(name, reason);
    return this;
  }

  /** Leaves out one that has turned out not to work. */
  void leave(Candidate candidate, IllegalStateException failure) {
    all.remove(candidate);
    String[] lines = String.valueOf(failure.getMessage()).strip().split("\\R", 3);
    without(
        candidate.name(), String.join("; ", List.of(lines).subList(0, Math.min(2, lines.length))));
  }

  List<Candidate> all() {
    return List.copyOf(all);
  }

  void printAbsent(PrintStream out) {
    absent.forEach((name, reason) -> out.printf("%nNot measured: %s: %s.%n", name, reason));
  }

  static boolean isThere(String program) {
    for (String folder : System.getenv("PATH").split(File.pathSeparator, -1)) {
      if (Files.isExecutable(Path.of(folder, program))) {
        return true;
      }
    }
    return false;
  }
}
