package dev.nightjar.daemon.api;

import dev.nightjar.daemon.Operations.ForbiddenException;
import dev.nightjar.daemon.Operations.InputsException;
import dev.nightjar.daemon.Operations.KeyUsedException;
import dev.nightjar.daemon.Operations.UnknownException;
import dev.nightjar.daemon.RefusedException;
import dev.nightjar.daemon.view.DiagnosticJson;
import dev.nightjar.daemon.web.Problem;
import dev.nightjar.daemon.web.Request;
import dev.nightjar.daemon.web.Response;
import dev.nightjar.daemon.web.Route;
import dev.nightjar.store.StoreException;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Answers as another handler does, and says as a problem what that refuses. */
record Guarded(Route.Handler handler) implements Route.Handler {

  /** The same route, guarded. */
  static Route of(Route route) {
    return new Route(
        route.method(),
        route.path(),
        route.needs(),
        route.summary(),
        route.parameters(),
        route.body(),
        route.answers(),
        new Guarded(route.handler()));
  }

  @Override
  public Response answer(Request request) throws InterruptedException {
    try {
      return handler.answer(request);
    } catch (RefusedException refused) {
      throw Problem.conflict(message(refused));
    } catch (UnknownException unknown) {
      throw Problem.notFound(message(unknown));
    } catch (ForbiddenException forbidden) {
      throw new Problem(403, "Forbidden", message(forbidden));
    } catch (InputsException unfit) {
      ObjectNode more = JsonNodeFactory.instance.objectNode();
      more.set("diagnostics", DiagnosticJson.of(unfit.diagnostics()));
      throw new Problem(
          422,
          "Inputs do not fit",
          "the inputs do not fit; `diagnostics` says which and why",
          more);
    } catch (KeyUsedException used) {
      throw new Problem(422, "Key used for another wish", message(used));
    } catch (StoreException lost) {
      throw new Problem(503, "Store not available", message(lost));
    }
  }

  private static String message(Exception e) {
    return String.valueOf(e.getMessage());
  }
}
