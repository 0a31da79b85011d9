package dev.nightjar.daemon.web;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Writes bytes that no HTTP client would, and reads what comes. */
final class RawClient implements AutoCloseable {

  private static final int PATIENCE_MILLIS = 3_000;
  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 ([0-9]{3})");

  private final Socket socket;
  private final InputStream in;
  private final StringBuilder read = new StringBuilder();

  RawClient(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(PATIENCE_MILLIS);
    in = new BufferedInputStream(socket.getInputStream());
  }

  /** What it said when it was asked, until it closed. */
  static RawClient ask(int port, String request) throws IOException {
    try (var client = new RawClient(port)) {
      client.write(request);
      client.readToEnd();
      return client;
    }
  }

  /** Latin-1; a server that has closed already is no failure. */
  void write(String text) {
    try {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    } catch (IOException closed) {
      // What it said before can still be read.
    }
  }

  /** Until the server closes. */
  void readToEnd() throws SocketTimeoutException {
    try {
      int next = in.read();
      while (next >= 0) {
        read.append((char) next);
        next = in.read();
      }
    } catch (SocketTimeoutException open) {
      throw open;
    } catch (IOException reset) {
      // Closed, too.
    }
  }

  /** Until the text has come. */
  void readUntil(String text) throws IOException {
    while (read.indexOf(text) < 0) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("closed after: " + read);
      }
      read.append((char) next);
    }
  }

  String text() {
    return read.toString();
  }

  List<String> statuses() {
    return STATUS.matcher(read).results().map((MatchResult found) -> found.group(1)).toList();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
