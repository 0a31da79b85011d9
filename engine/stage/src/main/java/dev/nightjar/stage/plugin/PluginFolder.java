package dev.nightjar.stage.plugin;

import dev.nightjar.model.options.Catalog;
import dev.nightjar.model.options.PluginDeclaration;
import dev.nightjar.model.options.ProcessorDeclaration;
import dev.nightjar.stage.plugin.PluginJar.Dependency;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The jars of a folder that can be used, and what is wrong with the others. Where two jars claim
 * one id or one name, neither has it: to guess which one was meant would run the wrong code.
 *
 * @param plugins by id, in the order of their jars' names
 */
record PluginFolder(Map<String, PluginJar> plugins, Catalog catalog, List<Problem> problems) {

  /**
   * Reads every {@code *.jar} of a folder.
   *
   * @param index is asked first
   * @throws PluginException when the folder cannot be listed
   */
  static PluginFolder read(Path folder, PluginIndex index) {
    return read(jars(folder).stream().map(file -> new JarCopy(file, file)).toList(), index);
  }

  /** Reads these jars, as if they lay in one folder. */
  static PluginFolder read(List<JarCopy> files, PluginIndex index) {
    List<Problem> problems = new ArrayList<>();
    List<PluginJar> jars = new ArrayList<>();
    for (JarCopy file : files) {
      try {
        jars.add(index.read(file));
      } catch (PluginException e) {
        problems.add(new Problem(file.jar(), String.valueOf(e.getMessage())));
      }
    }
    jars = withoutUnserved(withoutTwins(jars, problems), problems);
    Catalog catalog = new Catalog(withoutSharedNames(jars, problems));
    Map<String, PluginJar> plugins = new LinkedHashMap<>();
    jars.forEach(jar -> plugins.put(jar.id(), jar));
    problems.sort((one, other) -> one.jar().compareTo(other.jar()));
    return new PluginFolder(plugins, catalog, List.copyOf(problems));
  }

  private static List<Path> jars(Path folder) {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*.jar")) {
      found.forEach(files::add);
    } catch (IOException e) {
      String why = Files.isDirectory(folder) ? "cannot be listed" : "is not there, or is no folder";
      throw new PluginException("the plugin folder " + folder + " " + why, e);
    }
    files.sort(null);
    return files;
  }

  private static List<PluginJar> withoutTwins(List<PluginJar> jars, List<Problem> problems) {
    Map<String, List<PluginJar>> byId =
        jars.stream()
            .collect(Collectors.groupingBy(PluginJar::id, LinkedHashMap::new, Collectors.toList()));
    List<PluginJar> kept = new ArrayList<>();
    for (List<PluginJar> same : byId.values()) {
      if (same.size() == 1) {
        kept.add(same.get(0));
      }
      for (PluginJar jar : same.size() == 1 ? List.<PluginJar>of() : same) {
        problems.add(
            new Problem(
                jar.path(),
                "has the plugin id `"
                    + jar.id()
                    + "`, as has "
                    + others(jar, same)
                    + "; they exclude each other, keep one of them"));
      }
    }
    return kept;
  }

  private static String others(PluginJar jar, List<PluginJar> all) {
    return all.stream()
        .filter(other -> !other.path().equals(jar.path()))
        .map(other -> other.path().toString())
        .collect(Collectors.joining(" and "));
  }

  /** Leaves out what no engine or no plugin here can serve, and then whatever leaned on that. */
  private static List<PluginJar> withoutUnserved(List<PluginJar> jars, List<Problem> problems) {
    List<PluginJar> kept = new ArrayList<>(jars);
    kept.removeIf(jar ->
        EngineVersion.refuses(jar.requires())
            && problems.add(
                new Problem(
                    jar.path(),
                    "needs an engine of version "
                        + jar.requires()
                        + ", this one is "
                        + EngineVersion.CURRENT)));
    boolean changed = true;
    while (changed) {
      Set<String> ids = kept.stream().map(PluginJar::id).collect(Collectors.toSet());
      changed = kept.removeIf(jar -> lacksDependency(jar, ids, problems));
    }
    Map<String, PluginJar> byId = new HashMap<>();
    kept.forEach(jar -> byId.put(jar.id(), jar));
    kept.removeIf(jar ->
        reaches(jar, jar.id(), byId, new HashSet<>())
            && problems.add(
                new Problem(jar.path(), "depends on itself through Plugin-Dependencies")));
    return kept;
  }

  private static boolean lacksDependency(PluginJar jar, Set<String> ids, List<Problem> problems) {
    for (Dependency dependency : jar.dependencies()) {
      if (!dependency.optional() && !ids.contains(dependency.id())) {
        problems.add(
            new Problem(
                jar.path(),
                "needs the plugin `"
                    + dependency.id()
                    + "`, which is not in the folder or cannot be used; put its jar there"));
        return true;
      }
    }
    return false;
  }

  private static boolean reaches(
      PluginJar from, String id, Map<String, PluginJar> byId, Set<String> seen) {
    for (Dependency dependency : from.dependencies()) {
      PluginJar next = byId.get(dependency.id());
      if (dependency.id().equals(id)
          || (next != null && seen.add(dependency.id()) && reaches(next, id, byId, seen))) {
        return true;
      }
    }
    return false;
  }

  private static List<PluginDeclaration> withoutSharedNames(
      List<PluginJar> jars, List<Problem> problems) {
    Map<String, List<PluginJar>> owners = new TreeMap<>();
    for (PluginJar jar : jars) {
      for (ProcessorDeclaration processor : jar.declaration().processors()) {
        owners.computeIfAbsent(processor.name(), name -> new ArrayList<>()).add(jar);
      }
    }
    owners.values().removeIf(claims -> claims.size() == 1);
    owners.forEach((name, claims) ->
        claims.stream().distinct().forEach(jar -> problems.add(shared(name, jar, claims))));
    return jars.stream().map(jar -> without(owners.keySet(), jar.declaration())).toList();
  }

  private static Problem shared(String name, PluginJar jar, List<PluginJar> claims) {
    String others = others(jar, claims);
    return new Problem(
        jar.path(),
        others.isEmpty()
            ? "declares the processor `" + name + "` twice; it is not used"
            : "declares the processor `"
                + name
                + "`, as does "
                + others
                + "; they exclude each other, remove one of the jars");
  }

  private static PluginDeclaration without(Set<String> names, PluginDeclaration plugin) {
    return new PluginDeclaration(
        plugin.id(),
        plugin.version(),
        plugin.description(),
        plugin.processors().stream().filter(one -> !names.contains(one.name())).toList());
  }
}
