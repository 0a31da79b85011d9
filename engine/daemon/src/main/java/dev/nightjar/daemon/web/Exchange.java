package dev.nightjar.daemon.web;

import dev.nightjar.daemon.web.Response.Headed;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.Callback;
import org.slf4j.LoggerFactory;

/** One request as it came over the wire, and the way back. */
final class Exchange {

  /** On every answer. */
  private static final Map<String, String> SECURITY =
      Map.of(
          "Content-Security-Policy",
          "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
              + " connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self';"
              + " frame-ancestors 'none'",
          "X-Content-Type-Options",
          "nosniff",
          "Referrer-Policy",
          "no-referrer",
          "Cross-Origin-Opener-Policy",
          "same-origin",
          "Cross-Origin-Resource-Policy",
          "same-origin");

  /** Less is not worth the header that says so. */
  private static final int GZIP_FROM = 1_024;

  private static final Pattern GZIP = Pattern.compile("(?i)gzip\\s*(;.*)?");
  private static final Pattern REFUSED = Pattern.compile("(?i);\\s*q=0(\\.0*)?\\s*$");

  private static final int COPY_BYTES = 64 << 10;

  private final org.eclipse.jetty.server.Request in;
  private final org.eclipse.jetty.server.Response out;
  private final Callback callback;
  private final WebSettings.Limits limits;
  private final LongSupplier nanos;
  private final Front front;

  Exchange(
      org.eclipse.jetty.server.Request in,
      org.eclipse.jetty.server.Response out,
      Callback callback,
      WebSettings.Limits limits,
      LongSupplier nanos,
      Front front) {
    this.in = in;
    this.out = out;
    this.callback = callback;
    this.limits = limits;
    this.nanos = nanos;
    this.front = front;
  }

  static void secure(HttpFields.Mutable headers) {
    SECURITY.forEach(headers::put);
    headers.put(HttpHeader.CACHE_CONTROL, "no-store");
  }

  String method() {
    return in.getMethod();
  }

  boolean changesNothing() {
    return method().equals("GET") || method().equals("HEAD");
  }

  /** As it was written. */
  String rawPath() {
    String path = in.getHttpURI().getPath();
    return path == null ? "" : path;
  }

  /** As it was written; empty for none. */
  String rawQuery() {
    String query = in.getHttpURI().getQuery();
    return query == null ? "" : query;
  }

  boolean hasLongUrl() {
    return rawPath().length() + rawQuery().length() > limits.urlBytes();
  }

  List<String> headers(String name) {
    return in.getHeaders().getValuesList(name);
  }

  /** The Host header; empty for none. */
  String host() {
    List<String> hosts = headers("Host");
    return hosts.isEmpty() ? "" : hosts.getFirst();
  }

  String peer() {
    return org.eclipse.jetty.server.Request.getRemoteAddr(in);
  }

  /**
   * The whole body.
   *
   * @throws Problem when it is longer or slower than it may be
   */
  byte[] body(Route.Body declared) throws IOException, InterruptedException {
    long max = declared.maxBytes() == 0 ? limits.bodyBytes() : declared.maxBytes();
    return new BodyReader(in, max, limits.bodyTime(), nanos).read();
  }

  /** Sends what the function makes of this exchange, and ends it. */
  void answer(Function<Exchange, Response> answers) {
    secure(out.getHeaders());
    try {
      Response answer = answers.apply(this);
      tellOfTheEnd();
      send(answer);
      callback.succeeded();
    } catch (IOException gone) {
      breakOff(gone);
    } catch (RuntimeException | Error bug) {
      LoggerFactory.getLogger(Exchange.class)
          .error("the answer to {} {} broke off", method(), rawPath(), bug);
      breakOff(bug);
    }
  }

  /**
   * The connection ends behind an answer to a request whose body was neither read nor is all there.
   * Who is not told sends the next request along it, and gets no answer.
   */
  private void tellOfTheEnd() {
    if (!in.consumeAvailable()) {
      out.getHeaders().put(HttpHeader.CONNECTION, "close");
    }
  }

  /** Half an answer is on its way; closing tells that it is not whole. */
  private void breakOff(Throwable why) {
    in.getConnectionMetaData().getConnection().getEndPoint().close();
    callback.failed(why);
  }

  private void send(Response response) throws IOException {
    switch (response) {
      case Headed(Response inner, String name, String value) -> {
        out.getHeaders().put(name, value);
        send(inner);
      }
      case Response.Json(int status, var body) ->
          sendText(status, "application/json", body.toString());
      case Response.Text(int status, String mediaType, String text) ->
          sendText(status, mediaType, text);
      case Response.Bytes(int status, String mediaType, byte[] bytes) ->
          sendBytes(status, mediaType, bytes);
      case Response.FilePart part -> sendFile(part);
      case Response.Events(Response.Feed feed) -> sendEvents(feed);
      case Response.Empty(int status) -> {
        out.setStatus(status);
        Content.Sink.write(out, true, ByteBuffer.allocate(0));
      }
    }
  }

  private void sendText(int status, String mediaType, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    boolean json = mediaType.equals("application/json") || mediaType.endsWith("+json");
    if (bytes.length >= GZIP_FROM) {
      out.getHeaders().put(HttpHeader.VARY, "Accept-Encoding");
      if (takesGzip()) {
        out.getHeaders().put(HttpHeader.CONTENT_ENCODING, "gzip");
        bytes = Assets.gzip(bytes);
      }
    }
    sendBytes(status, json ? mediaType : mediaType + "; charset=utf-8", bytes);
  }

  private boolean takesGzip() {
    return items("Accept-Encoding")
        .anyMatch(item -> GZIP.matcher(item).matches() && !REFUSED.matcher(item).find());
  }

  /** The items of a header that is a list. Quotes are not looked at, so none can be wrong. */
  private Stream<String> items(String header) {
    return headers(header).stream()
        .flatMap(value -> Stream.of(value.split(",", -1)))
        .map(String::strip);
  }

  private void sendBytes(int status, String mediaType, byte[] bytes) throws IOException {
    out.setStatus(status);
    out.getHeaders().put(HttpHeader.CONTENT_TYPE, mediaType);
    out.getHeaders().put(HttpHeader.CONTENT_LENGTH, bytes.length);
    Content.Sink.write(out, true, ByteBuffer.wrap(bytes));
  }

  /** An asset, or that the client has it already. */
  Response asset(int status, Assets.Content content) {
    String tag = "W/\"" + content.tag() + "\"";
    boolean known =
        status == 200
            && items("If-None-Match").anyMatch(item -> item.equals(tag) || item.equals("*"));
    byte[] gzip = content.gzip();
    Response answer = new Response.Empty(304);
    if (!known && gzip != null && takesGzip()) {
      answer =
          new Response.Bytes(status, content.mediaType(), gzip).with("Content-Encoding", "gzip");
    } else if (!known) {
      answer = new Response.Bytes(status, content.mediaType(), content.bytes());
    }
    return answer
        .with("ETag", tag)
        .with("Vary", "Accept-Encoding")
        .with("Cache-Control", status == 200 ? "no-cache" : "no-store");
  }

  private void sendFile(Response.FilePart part) throws IOException {
    try (FileChannel file = FileChannel.open(part.file())) {
      out.setStatus(200);
      out.getHeaders().put(HttpHeader.CONTENT_TYPE, part.mediaType());
      out.getHeaders().put(HttpHeader.CONTENT_LENGTH, part.length());
      long end = method().equals("HEAD") ? part.from() : part.from() + part.length();
      ByteBuffer buffer = ByteBuffer.allocate(COPY_BYTES);
      for (long at = part.from(); at < end; ) {
        buffer.clear().limit((int) Math.min(buffer.capacity(), end - at));
        int read = file.read(buffer, at);
        if (read < 0) {
          throw new IOException("shorter than it was: " + part.file());
        }
        at += read;
        Content.Sink.write(out, false, buffer.flip());
      }
      Content.Sink.write(out, true, ByteBuffer.allocate(0));
    } catch (NoSuchFileException gone) {
      send(Answers.of(Problem.notFound("it is not there any more")));
    }
  }

  private void sendEvents(Response.Feed feed) throws IOException {
    if (!front.streamBegins()) {
      send(Answers.STOPPING);
      return;
    }
    try {
      out.setStatus(200);
      out.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/event-stream");
      if (method().equals("HEAD")) {
        Content.Sink.write(out, true, ByteBuffer.allocate(0));
      } else {
        new EventStream(out, limits.heartbeat(), nanos).run(feed);
      }
    } finally {
      front.streamEnds();
    }
  }
}
