package dev.nightjar.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** The doors that steps of a test's workflow wait at, and the plugin that has such steps. */
final class Gates implements AutoCloseable {

  /** For whoever does not come. */
  private static final int MILLIS = 60_000;

  private static final String DECLARATIONS =
      """
      {"format": 1, "processors": [
        {"name": "gate.pass", "summary": "Waits.", "shape": "task", "accepts": [],
         "emits": "none", "effect": "idempotent", "scope": "split", "blocks": [],
         "outputs": [{"name": "line", "type": "string", "summary": "The line."}],
         "options": [
           {"name": "line", "type": "string", "doc": "What to write.", "required": true},
           {"name": "file", "type": "string", "doc": "Where to write it.", "default": "lines"},
           {"name": "door", "type": "integer", "doc": "Whom to wait for.", "default": "0"}],
         "class": "dev.nightjar.cli.Gate"}]}
      """;

  private final ServerSocket server;

  Gates() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    server.setSoTimeout(MILLIS);
  }

  /** For the option {@code door}. */
  int door() {
    return server.getLocalPort();
  }

  /** Waits until a step is there. */
  Waiting await() throws IOException {
    Socket socket = server.accept();
    socket.setSoTimeout(MILLIS);
    var in = new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8);
    return new Waiting(socket, new BufferedReader(in).readLine());
  }

  /**
   * A step that waits.
   *
   * @param line its own
   */
  record Waiting(Socket socket, String line) implements AutoCloseable {

    void open() throws IOException {
      socket.getOutputStream().write(1);
    }

    /** Waits until the step is gone, or its process. */
    void awaitGone() throws IOException {
      while (socket.getInputStream().read() >= 0) {
        // It says nothing more.
      }
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  /** Writes the plugin's jar. */
  static void plugin(Path jar, String version) throws IOException {
    try (var out = new ZipOutputStream(Files.newOutputStream(jar))) {
      String manifest =
          "Manifest-Version: 1.0\nPlugin-Id: gate\nPlugin-Version: " + version + "\n\n";
      put(out, "META-INF/MANIFEST.MF", manifest.getBytes(StandardCharsets.UTF_8));
      put(out, "META-INF/nightjar/processors.json", DECLARATIONS.getBytes(StandardCharsets.UTF_8));
      for (Class<?> type : new Class<?>[] {Gate.class, Gate.Options.class}) {
        String name = type.getName().replace('.', '/') + ".class";
        try (InputStream in =
            Objects.requireNonNull(Gates.class.getClassLoader().getResourceAsStream(name))) {
          put(out, name, in.readAllBytes());
        }
      }
    }
  }

  private static void put(ZipOutputStream jar, String name, byte[] content) throws IOException {
    jar.putNextEntry(new ZipEntry(name));
    jar.write(content);
    jar.closeEntry();
  }
}
