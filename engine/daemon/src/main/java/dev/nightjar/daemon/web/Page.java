package dev.nightjar.daemon.web;

import dev.nightjar.daemon.web.Assets.Asset;
import java.util.ArrayList;
import java.util.List;

/** The daemon's page: our own files, and those of the two libraries that draw curves and graphs. */
public final class Page {

  private static final String OWN = "dev/nightjar/daemon/web/page/";

  /** Shared with the file that a run is exported to. */
  private static final String RUN_STYLE = "dev/nightjar/daemon/view/run.css";

  private static final String LIBRARIES = "META-INF/resources/webjars/";

  /** What the page to sign in is made of. */
  private static final List<String> OPEN =
      List.of("base.css", "sign-in.css", "sign-in.js", "theme.js", "icon.svg");

  private static final List<String> CLOSED =
      List.of(
          "shell.css",
          "parts.css",
          "calendar.css",
          "main.js",
          "dom.js",
          "figures.js",
          "api.js",
          "stream.js",
          "parts.js",
          "today.js",
          "workflows.js",
          "workflow.js",
          "yaml.js",
          "graph.js",
          "run-form.js",
          "runs.js",
          "run.js",
          "run-parts.js",
          "run-actions.js",
          "run-text.js",
          "axis.js",
          "gantt.js",
          "log.js",
          "measured.js",
          "rejects.js",
          "why.js",
          "schedule.js",
          "plugins.js",
          "search.js");

  private Page() {}

  /**
   * All of it.
   *
   * @throws IllegalArgumentException when a library is not there in the version that is asked for
   */
  public static Assets assets() {
    List<Asset> all = new ArrayList<>();
    all.add(Asset.closed("/", OWN + "index.html"));
    all.add(Asset.open("/sign-in", OWN + "sign-in.html"));
    OPEN.forEach(name -> all.add(Asset.open("/assets/" + name, OWN + name)));
    CLOSED.forEach(name -> all.add(Asset.closed("/assets/" + name, OWN + name)));
    all.add(Asset.closed("/assets/run.css", RUN_STYLE));
    all.add(Asset.closed("/assets/uplot.js", LIBRARIES + "uplot/1.6.30/dist/uPlot.esm.js"));
    all.add(Asset.closed("/assets/uplot.css", LIBRARIES + "uplot/1.6.30/dist/uPlot.min.css"));
    all.add(Asset.closed("/assets/dagre.js", LIBRARIES + "dagre/0.8.4/dist/dagre.min.js"));
    return new Assets(Page.class.getClassLoader(), all, "/sign-in");
  }
}
