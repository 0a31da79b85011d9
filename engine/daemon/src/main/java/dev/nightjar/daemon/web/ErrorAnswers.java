package dev.nightjar.daemon.web;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** What is answered to requests that are no HTTP, or none that the server takes. */
final class ErrorAnswers implements Request.Handler {

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    Problem problem = problem(response.getStatus());
    Exchange.secure(response.getHeaders());
    byte[] bytes = problem.json().toString().getBytes(StandardCharsets.UTF_8);
    response.setStatus(problem.status());
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, Problem.MEDIA_TYPE);
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, bytes.length);
    response.write(true, ByteBuffer.wrap(bytes), callback);
    return true;
  }

  private static Problem problem(int status) {
    return switch (status) {
      case 408 -> new Problem(status, "Request timeout", "the request did not come in time");
      case 414 -> new Problem(status, "URI too long", "shorten the query");
      case 417 -> new Problem(status, "Expectation failed", "only 100-continue can be expected");
      case 426, 505 -> new Problem(505, "HTTP version not supported", "use HTTP/1.1");
      case 431 -> new Problem(status, "Headers too large", "send fewer or shorter headers");
      case 501 -> new Problem(status, "Not implemented", "the only transfer encoding is chunked");
      default ->
          status < 500
              ? Problem.badRequest("the request is not well-formed HTTP/1.1, or its path is not")
              : new Problem(500, "Internal error", "this is a bug in Nightjar");
    };
  }
}
