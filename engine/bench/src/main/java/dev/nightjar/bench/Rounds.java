package dev.nightjar.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs candidates in turn, several times: what disturbs the machine for a while disturbs all of
 * them.
 */
record Rounds(int rounds) {

  /** The median of each, by name. The first round warms caches and does not count. */
  Map<String, Usage> of(List<Command> candidates) throws IOException, InterruptedException {
    return of(Candidates.of(candidates.toArray(new Command[0])));
  }

  /** The same; one that is not needed and fails in the first round is left out. */
  Map<String, Usage> of(Candidates candidates) throws IOException, InterruptedException {
    for (Candidate candidate : candidates.all()) {
      try {
        candidate.command().run();
      } catch (IllegalStateException failure) {
        if (candidate.needed()) {
          throw failure;
        }
        candidates.leave(candidate, failure);
      }
    }
    var runs = new LinkedHashMap<String, List<Usage>>();
    for (int round = 0; round < rounds; round++) {
      for (Candidate candidate : candidates.all()) {
        Usage usage = candidate.command().run().scaled(candidate.factor());
        runs.computeIfAbsent(candidate.name(), name -> new ArrayList<>()).add(usage);
      }
    }
    var medians = new LinkedHashMap<String, Usage>();
    runs.forEach((name, all) -> medians.put(name, Usage.median(all)));
    return medians;
  }
}
