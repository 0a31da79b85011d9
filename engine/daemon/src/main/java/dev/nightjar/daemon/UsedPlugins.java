package dev.nightjar.daemon;

import dev.nightjar.model.Step;
import dev.nightjar.model.Workflow;
import dev.nightjar.runtime.journal.Event.PluginUsed;
import dev.nightjar.stage.plugin.PluginHost;
import dev.nightjar.stage.plugin.PluginVersion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The plugins that a workflow uses, and whether they are still what they were. */
public final class UsedPlugins {

  /** So much of a digest tells two apart. */
  private static final int SHOWN = 12;

  private UsedPlugins() {}

  /** Those of a workflow, in the order of their processors' names. */
  public static List<PluginUsed> of(Workflow workflow, PluginHost plugins) {
    Set<String> processors = new TreeSet<>();
    List.of(workflow.steps(), workflow.onFailure(), workflow.onSuccess(), workflow.finallySteps())
        .forEach(steps -> collect(steps, processors));
    Map<String, PluginUsed> used = new LinkedHashMap<>();
    for (String processor : processors) {
      for (PluginVersion plugin : plugins.versions(processor)) {
        used.put(plugin.id(), new PluginUsed(plugin.id(), plugin.version(), plugin.sha256()));
      }
    }
    return List.copyOf(used.values());
  }

  private static void collect(List<Step> steps, Set<String> processors) {
    for (Step step : steps) {
      processors.add(step.processor().name());
      step.blocks().forEach(block -> collect(block.steps(), processors));
    }
  }

  /** What is different now, a line each. */
  public static List<String> differences(List<PluginUsed> before, PluginHost plugins) {
    List<String> lines = new ArrayList<>();
    for (PluginUsed was : before) {
      PluginVersion is = plugins.version(was.id());
      if (is == null) {
        lines.add("`" + was.id() + "` was " + text(was.version(), was.sha256()) + ", and is gone");
      } else if (!is.version().equals(was.version()) || !is.sha256().equals(was.sha256())) {
        lines.add(
            "`%s` was %s, and is %s"
                .formatted(
                    was.id(), text(was.version(), was.sha256()), text(is.version(), is.sha256())));
      }
    }
    return lines;
  }

  private static String text(String version, String sha256) {
    String digest = sha256.substring(0, Math.min(SHOWN, sha256.length()));
    return digest.isEmpty() ? version : version + " (SHA-256 " + digest + "...)";
  }
}
