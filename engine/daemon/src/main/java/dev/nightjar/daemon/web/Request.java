package dev.nightjar.daemon.web;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A request that may be answered: who asks is known, and parameters are what they must be. */
public final class Request {

  /** Digits that a number may have when it is written out. Computing with more takes for ever. */
  private static final int MAX_DIGITS = 1_000;

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private final Route route;
  private final @Nullable Caller caller;
  private final String peer;
  private final Map<String, List<String>> arguments;
  private final Function<String, List<String>> headers;
  private final byte[] body;

  Request(
      Route route,
      @Nullable Caller caller,
      String peer,
      Map<String, List<String>> arguments,
      Function<String, List<String>> headers,
      byte[] body) {
    this.route = route;
    this.caller = caller;
    this.peer = peer;
    this.arguments = arguments;
    this.headers = headers;
    this.body = body;
  }

  /** What is answered. */
  public Route route() {
    return route;
  }

  /** Who asks; nobody on a route for everybody. */
  public Optional<Caller> caller() {
    return Optional.ofNullable(caller);
  }

  /** The address that asks; that of whatever stands in front, if something does. */
  public String peer() {
    return peer;
  }

  /** The value of a variable of the path. */
  public String variable(String name) {
    return value(name).orElseThrow();
  }

  /** The value of a parameter, if it is given. */
  public Optional<String> value(String name) {
    return values(name).stream().findFirst();
  }

  /** All values of a parameter. */
  public List<String> values(String name) {
    List<String> values = arguments.get(name);
    if (values == null) {
      throw new IllegalArgumentException(
          route.path().text() + " does not declare the parameter " + name);
    }
    return values;
  }

  /** The value of a parameter of type {@link ParameterType#whole}. */
  public OptionalLong whole(String name) {
    return values(name).stream().mapToLong(Long::parseLong).findFirst();
  }

  /** Whether a parameter of type {@link ParameterType#flag} is given as true. */
  public boolean flag(String name) {
    return value(name).map(Boolean::parseBoolean).orElse(false);
  }

  /** The value of a parameter of type {@link ParameterType#instant}. */
  public Optional<Instant> instant(String name) {
    return value(name).map(Instant::parse);
  }

  /**
   * The last event that the client knows, of a route with {@link Parameter#EVENT_POSITION}. What a
   * browser tells when it connects again is later than what its page asked for.
   */
  public Optional<String> lastEvent() {
    return value("Last-Event-ID").or(() -> value("after"));
  }

  /** The first value of any header. */
  public Optional<String> header(String name) {
    return headers.apply(name).stream().findFirst();
  }

  /** The value of a header that comes once. */
  public Optional<String> onlyHeader(String name) {
    List<String> values = headers.apply(name);
    return values.size() == 1 ? Optional.of(values.getFirst()) : Optional.empty();
  }

  /** The body as it came. */
  public byte[] bytes() {
    return body.clone();
  }

  /**
   * The body as JSON.
   *
   * @throws Problem saying where it is none
   */
  public JsonNode json() {
    String text =
        RequestPath.utf8(ByteBuffer.wrap(body))
            .orElseThrow(() -> Problem.badRequest("the body is not UTF-8"));
    try {
      JsonNode value = JSON.readTree(text);
      if (!value.isMissingNode()) {
        refuseEndless(value);
        return value;
      }
    } catch (JacksonException wrong) {
      String place =
          wrong.getLocation() == null
              ? ""
              : " in line %d, column %d"
                  .formatted(wrong.getLocation().getLineNr(), wrong.getLocation().getColumnNr());
      throw Problem.badRequest("the body is not valid JSON" + place);
    }
    throw Problem.badRequest("the body is empty; it must be JSON");
  }

  private static void refuseEndless(JsonNode value) {
    if (value.isBigDecimal() && Math.abs((long) value.decimalValue().scale()) > MAX_DIGITS) {
      throw Problem.badRequest("the body has a number of more than " + MAX_DIGITS + " digits");
    }
    value.forEach(Request::refuseEndless);
  }
}
