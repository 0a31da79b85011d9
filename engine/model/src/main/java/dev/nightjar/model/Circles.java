package dev.nightjar.model;

import dev.nightjar.model.yaml.YamlNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds steps of one block that wait for each other in a circle, by what is written. */
final class Circles {

  private final Map<String, Set<String>> waits = new LinkedHashMap<>();

  Circles(List<StepOutline> outlines) {
    String above = null;
    for (StepOutline outline : outlines) {
      waits.put(outline.id(), written(outline.section().map(), above));
      above = outline.id();
    }
  }

  private static Set<String> written(YamlNode.Mapping step, @Nullable String above) {
    var names = new LinkedHashSet<String>();
    addNames(step.get("from"), names);
    YamlNode needs = step.get("needs");
    addNames(needs, names);
    if (needs == null && above != null) {
      names.add(above);
    }
    return names;
  }

  private static void addNames(@Nullable YamlNode node, Set<String> names) {
    switch (node) {
      case YamlNode.Scalar one -> names.add(one.text());
      case YamlNode.Sequence list -> list.items().forEach(item -> addNames(item, names));
      case null -> {}
      case YamlNode.Mapping map -> {}
    }
  }

  /**
   * The shortest way from a step over one that it names back to itself; empty when there is none.
   */
  List<String> from(String start, String named) {
    var cameFrom = new LinkedHashMap<String, String>();
    Deque<String> queue = new ArrayDeque<>(List.of(named));
    while (!queue.isEmpty()) {
      String step = queue.remove();
      if (step.equals(start)) {
        return way(start, named, cameFrom);
      }
      for (String next : waits.getOrDefault(step, Set.of())) {
        if (!next.equals(named) && cameFrom.putIfAbsent(next, step) == null) {
          queue.add(next);
        }
      }
    }
    return List.of();
  }

  private static List<String> way(String start, String named, Map<String, String> cameFrom) {
    var way = new ArrayList<String>();
    String step = start;
    while (step != null && !step.equals(named)) {
      way.addFirst(step);
      step = cameFrom.get(step);
    }
    if (!start.equals(named)) {
      way.addFirst(named);
    }
    way.addFirst(start);
    if (start.equals(named)) {
      way.add(start);
    }
    return way;
  }
}
