package dev.nightjar.daemon.web;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds out who asks. */
final class Authentication {

  private static final String SCHEME = "Bearer ";

  /** A browser sends back its own cookies only with these. */
  private static final String FLAGS = "; Path=/; HttpOnly; SameSite=Strict";

  /** How long a browser keeps it: 30 days. */
  private static final String AGE = "; Max-Age=2592000";

  private final Tokens tokens;
  private final Throttle throttle;
  private final String cookie;

  /**
   * With the name of the cookie.
   *
   * @param cookie has the port in it: browsers do not tell the ports of one host apart
   */
  Authentication(Tokens tokens, Throttle throttle, String cookie) {
    this.tokens = tokens;
    this.throttle = throttle;
    this.cookie = cookie;
  }

  /**
   * Who asks.
   *
   * @param authorization the values of the Authorization header
   * @param cookies those of the Cookie header
   * @throws Refused when nobody known does
   */
  Caller caller(String peer, List<String> authorization, List<String> cookies) {
    if (!authorization.isEmpty()) {
      String shown = authorization.getFirst();
      boolean one = authorization.size() == 1;
      boolean bearer = shown.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
      String token = one && bearer ? shown.substring(SCHEME.length()).strip() : "";
      return new Caller(tokens.role(token).orElseThrow(() -> wrong(peer)), false);
    }
    Optional<String> session = session(cookies);
    if (session.isEmpty()) {
      throw new Refused(0);
    }
    // That of an earlier token is no guess: the page asks for a new one.
    Role role = tokens.sessionRole(session.get()).orElseThrow(() -> new Refused(0));
    return new Caller(role, true);
  }

  /** The role of a token that is shown to begin a session; throws as {@link #caller}. */
  Role role(String peer, String token) {
    return tokens.role(token).orElseThrow(() -> wrong(peer));
  }

  private Refused wrong(String peer) {
    return new Refused(throttle.failed(peer));
  }

  private Optional<String> session(List<String> cookies) {
    return cookies.stream()
        .flatMap(header -> Stream.of(header.split(";", -1)))
        .map(String::strip)
        .filter(pair -> pair.startsWith(cookie + "="))
        .map(pair -> pair.substring(cookie.length() + 1))
        .findFirst();
  }

  /** The name of the cookie. */
  String cookie() {
    return cookie;
  }

  /** The Set-Cookie header that begins a session. */
  String begin(Role role, boolean secure) {
    return cookie + "=" + tokens.session(role) + FLAGS + AGE + (secure ? "; Secure" : "");
  }

  /** The Set-Cookie header that ends a session. */
  String end(boolean secure) {
    return cookie + "=" + FLAGS + "; Max-Age=0" + (secure ? "; Secure" : "");
  }

  /** Nobody known asks. */
  static final class Refused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final long seconds;

    /** With the seconds to wait before the next attempt; 0 for none. */
    Refused(long seconds) {
      super(null, null, false, false);
      this.seconds = seconds;
    }

    Response answer() {
      Problem problem =
          seconds == 0
              ? new Problem(
                  401,
                  "Unauthorized",
                  "show a token as `Authorization: Bearer nj_...`; the tokens are in tokens.json in"
                      + " the daemon's work folder")
              : new Problem(
                  429,
                  "Too many wrong tokens",
                  "the next one is looked at in " + seconds + " s; a right one always is");
      Response answer = Answers.of(problem);
      return seconds == 0
          ? answer.with("WWW-Authenticate", "Bearer")
          : answer.with("Retry-After", String.valueOf(seconds));
    }
  }
}
