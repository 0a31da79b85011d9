package dev.nightjar.daemon.folder;

import dev.nightjar.model.options.PluginDeclaration;
import dev.nightjar.stage.plugin.PluginHost;
import dev.nightjar.stage.plugin.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Which jars come into force: all that are there, but for new ones with problems when with them a
 * processor would be lost that was in force.
 *
 * @param jars with their digests
 * @param host that has read their declarations
 * @param problems of the jars in force and of those left out, in the order of their names
 */
record PluginChoice(SortedMap<Path, String> jars, PluginHost host, List<Problem> problems) {

  /**
   * Chooses.
   *
   * @param there the jars in the folder
   * @param inForce those in force until now
   * @param before the host that has them
   * @param open opens a host over jars; loads nothing
   */
  static PluginChoice of(
      SortedMap<Path, String> there,
      SortedMap<Path, String> inForce,
      PluginHost before,
      Function<SortedMap<Path, String>, PluginHost> open) {
    SortedMap<Path, String> jars = new TreeMap<>(there);
    List<Problem> problems = new ArrayList<>();
    PluginHost host = open.apply(jars);
    List<Problem> blamed = blamed(host, jars, inForce, before);
    while (!blamed.isEmpty()) {
      for (Problem problem : blamed) {
        String older = inForce.get(problem.jar());
        problems.add(leftOut(problem, older != null));
        if (older == null) {
          jars.remove(problem.jar());
        } else {
          jars.put(problem.jar(), older);
        }
      }
      host = open.apply(jars);
      blamed = blamed(host, jars, inForce, before);
    }
    problems.addAll(host.problems());
    problems.sort(Comparator.comparing(Problem::jar));
    return new PluginChoice(jars, host, problems);
  }

  private static Problem leftOut(Problem problem, boolean replaces) {
    String instead =
        replaces
            ? " (left out: the version before stays in force)"
            : " (left out: what was in force stays)";
    return new Problem(problem.jar(), problem.message() + instead);
  }

  /** The problems of new jars, if anything is lost. */
  private static List<Problem> blamed(
      PluginHost host,
      SortedMap<Path, String> jars,
      SortedMap<Path, String> inForce,
      PluginHost before) {
    boolean loss =
        before.catalog().plugins().stream()
            .filter(plugin -> jars.containsKey(before.jar(plugin.id())))
            .anyMatch(plugin -> lacks(host, plugin));
    return loss
        ? host.problems().stream()
            .filter(problem -> !Objects.equals(jars.get(problem.jar()), inForce.get(problem.jar())))
            .toList()
        : List.of();
  }

  private static boolean lacks(PluginHost host, PluginDeclaration plugin) {
    return plugin.processors().stream()
        .anyMatch(one -> host.catalog().processor(one.name()) == null);
  }
}
