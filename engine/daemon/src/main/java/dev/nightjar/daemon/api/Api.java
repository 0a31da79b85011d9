package dev.nightjar.daemon.api;

import dev.nightjar.daemon.web.Route;
import dev.nightjar.daemon.web.Routes;
import java.util.ArrayList;
import java.util.List;

/** The daemon's API. */
public final class Api {

  private Api() {}

  /** All its routes. */
  public static Routes routes(Sources sources) {
    var runs = new KnownRuns(sources.store());
    var timelines = new KeptTimelines(sources.store());
    List<Route> all = new ArrayList<>();
    all.addAll(new RunRoutes(sources, runs, timelines).routes());
    all.add(new EventRoutes(sources, runs).route());
    all.add(new LogRoutes(sources, runs).route());
    all.add(new RejectRoutes(runs, timelines).route());
    all.addAll(new RunActions(sources, runs).routes());
    all.addAll(new WorkflowRoutes(sources).routes());
    all.addAll(new ScheduleRoutes(sources).routes());
    all.addAll(new PluginRoutes(sources).routes());
    all.add(new ChangeRoutes(sources).route());
    all.add(new HookRoutes(sources).route());
    all.addAll(new StatusRoutes(sources).routes());
    return new Routes(all.stream().map(Guarded::of).toList(), Schemas.all());
  }
}
