package dev.nightjar.daemon.web;

import dev.nightjar.daemon.web.Router.Found;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * The way of a request to its handler: is it for us, who asks, what for, with what. Who is not
 * known learns nothing of the routes.
 */
final class Answers {

  /** To whoever asks while the server closes. */
  static final Response STOPPING =
      of(new Problem(503, "Stopping", "the daemon is stopping; ask again when it is back"))
          .with("Connection", "close");

  private final Hosts hosts;
  private final Authentication authentication;
  private final Router open;
  private final Router router;
  private final Assets assets;
  private final RandomGenerator random;

  Answers(
      Hosts hosts,
      Authentication authentication,
      Routes routes,
      Assets assets,
      RandomGenerator random) {
    this.hosts = hosts;
    this.authentication = authentication;
    this.router = new Router(routes.all());
    this.open = new Router(routes.all().stream().filter(route -> route.needs() == null).toList());
    this.assets = assets;
    this.random = random;
  }

  static Response of(Problem problem) {
    return new Response.Text(problem.status(), Problem.MEDIA_TYPE, problem.json().toString());
  }

  /** Never throws: what goes wrong is an answer, too. */
  Response answer(Exchange exchange) {
    try {
      return toKnownHost(exchange);
    } catch (Problem problem) {
      return of(problem);
    } catch (Authentication.Refused refused) {
      return signIn(exchange, refused);
    } catch (InterruptedException closing) {
      return STOPPING;
    } catch (IOException broken) {
      return of(Problem.badRequest("the body is broken off or chunked wrongly"))
          .with("Connection", "close");
    } catch (RuntimeException | Error bug) {
      return bug(exchange, bug);
    }
  }

  private Response bug(Exchange exchange, Throwable bug) {
    String id = "%08x".formatted(random.nextInt());
    LoggerFactory.getLogger(Answers.class)
        .error("answer {} to {} failed", id, exchange.method() + " " + exchange.rawPath(), bug);
    return of(
        new Problem(
            500,
            "Internal error",
            "this is a bug in Nightjar; the daemon's log has more at " + id));
  }

  private Response signIn(Exchange exchange, Authentication.Refused refused) {
    boolean page =
        exchange.changesNothing()
            && exchange.headers("Accept").stream().anyMatch(types -> types.contains("text/html"));
    Optional<Assets.Asset> signIn = page ? assets.signIn() : Optional.empty();
    return signIn
        .map(asset -> exchange.asset(401, assets.content(asset)))
        .orElseGet(refused::answer);
  }

  private Response toKnownHost(Exchange exchange) throws IOException, InterruptedException {
    if (!hosts.isOurs(exchange.host())) {
      throw new Problem(
          421,
          "Misdirected request",
          "the daemon is not known by this name; whoever runs it can allow the name");
    }
    if (exchange.hasLongUrl()) {
      throw new Problem(414, "URI too long", "shorten the query");
    }
    List<String> segments =
        RequestPath.segments(exchange.rawPath())
            .orElseThrow(() ->
                Problem.badRequest(
                    "the path is not in its one form: no empty or dotted"
                        + " segments, no parameters, no encoded slashes"));
    return forKnownCaller(exchange, segments);
  }

  private Response forKnownCaller(Exchange exchange, List<String> segments)
      throws IOException, InterruptedException {
    if (open.find(exchange.method(), segments) instanceof Found.Match match) {
      return handled(exchange, match, null);
    }
    Optional<Assets.Asset> asset =
        exchange.changesNothing() ? assets.find(exchange.rawPath()) : Optional.empty();
    if (asset.isPresent() && asset.get().open()) {
      return exchange.asset(200, assets.content(asset.get()));
    }
    Caller caller =
        authentication.caller(
            exchange.peer(), exchange.headers("Authorization"), exchange.headers("Cookie"));
    if (caller.byCookie() && !exchange.changesNothing()) {
      hosts.checkOrigin(
          exchange.host(), exchange.headers("Origin"), exchange.headers("Sec-Fetch-Site"));
    }
    return asset.isPresent()
        ? exchange.asset(200, assets.content(asset.get()))
        : routed(exchange, segments, caller);
  }

  private Response routed(Exchange exchange, List<String> segments, Caller caller)
      throws IOException, InterruptedException {
    return switch (router.find(exchange.method(), segments)) {
      case Found.Nothing() ->
          throw Problem.notFound("there is nothing here; /api/v1/openapi.json lists what there is");
      case Found.OtherMethods(var methods) ->
          of(new Problem(
                  405, "Method not allowed", "use " + String.join(" or ", methods) + " here"))
              .with("Allow", String.join(", ", methods));
      case Found.Match match -> {
        Role needs = match.route().needs();
        if (needs != null && !caller.role().covers(needs)) {
          throw new Problem(
              403,
              "Forbidden",
              "this needs the role " + needs.word() + "; yours is " + caller.role().word());
        }
        yield handled(exchange, match, caller);
      }
    };
  }

  private static Response handled(Exchange exchange, Found.Match match, @Nullable Caller caller)
      throws IOException, InterruptedException {
    Route route = match.route();
    Map<String, List<String>> arguments =
        Arguments.read(
            route, match.variables(), Query.parse(exchange.rawQuery()), exchange::headers);
    byte[] body = body(exchange, route);
    return route
        .handler()
        .answer(new Request(route, caller, exchange.peer(), arguments, exchange::headers, body));
  }

  private static byte[] body(Exchange exchange, Route route)
      throws IOException, InterruptedException {
    Route.Body declared = route.body();
    if (declared == null) {
      return new byte[0];
    }
    byte[] body = exchange.body(declared);
    if (body.length == 0 && declared.required()) {
      throw Problem.badRequest("the body is missing; it must be " + declared.mediaType());
    }
    List<String> types = exchange.headers("Content-Type");
    boolean json =
        types.size() == 1
            && types.getFirst().split(";", 2)[0].strip().equalsIgnoreCase("application/json");
    if (body.length > 0 && declared.isJson() && !json) {
      throw new Problem(
          415, "Unsupported media type", "send JSON, with `Content-Type: application/json`");
    }
    return body;
  }
}
