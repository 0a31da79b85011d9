package dev.nightjar.store;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Another process with the same store, seen from the test. */
final class Peer implements AutoCloseable {

  private final Process process;
  private final Writer in;
  private final BufferedReader out;

  Peer(Path folder, String url, Duration lease) throws IOException {
    this(folder, url, lease, List.of());
  }

  /**
   * A process.
   *
   * @param before what the command line begins with
   * @param options for its JVM
   */
  Peer(Path folder, String url, Duration lease, List<String> before, String... options)
      throws IOException {
    List<String> command = new ArrayList<>(before);
    command.add(ProcessHandle.current().info().command().orElseThrow());
    command.addAll(List.of(options));
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            PeerMain.class.getName(),
            folder.toString(),
            url == null ? "-" : url,
            String.valueOf(lease.toMillis())));
    process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    in = process.outputWriter(StandardCharsets.UTF_8);
    out = process.inputReader(StandardCharsets.UTF_8);
  }

  /** Opens its store. */
  Peer opened() throws IOException {
    tell("open");
    String answer = read();
    if (!answer.equals("open")) {
      throw new IllegalStateException(answer);
    }
    return this;
  }

  long pid() {
    return process.pid();
  }

  void tell(String line) throws IOException {
    in.write(line + "\n");
    in.flush();
  }

  String read() throws IOException {
    return String.valueOf(out.readLine());
  }

  String ask(String line) throws IOException {
    tell(line);
    return read();
  }

  /** What it still had said when it was killed. */
  List<String> rest() throws IOException {
    List<String> rest = new ArrayList<>();
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      rest.add(line);
    }
    return rest;
  }

  /** Its last words can still be read. */
  void kill() throws IOException, InterruptedException {
    signal("KILL");
    process.waitFor();
  }

  void stop() throws IOException, InterruptedException {
    signal("STOP");
    // Sent is not yet stopped.
    Path facts = Path.of("/proc/" + process.pid() + "/stat");
    while (!Files.readString(facts).contains(") T ")) {
      Thread.onSpinWait();
    }
  }

  void goOn() throws IOException, InterruptedException {
    signal("CONT");
  }

  private void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
        .inheritIO()
        .start()
        .waitFor();
  }

  static boolean isAlive(String pid) {
    try {
      String facts = Files.readString(Path.of("/proc/" + pid + "/stat"));
      return facts.charAt(facts.lastIndexOf(')') + 2) != 'Z';
    } catch (IOException gone) {
      return false;
    }
  }

  @Override
  public void close() {
    try {
      in.close();
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException("The other process does not end.");
      }
    } catch (IOException gone) {
      process.destroyForcibly();
    } catch (InterruptedException stopped) {
      throw new UncheckedIOException(new IOException(stopped));
    }
  }
}
