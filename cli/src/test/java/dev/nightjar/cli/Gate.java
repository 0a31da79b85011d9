package dev.nightjar.cli;

import dev.nightjar.spi.Default;
import dev.nightjar.spi.StepContext;
import dev.nightjar.spi.Task;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The processor {@code gate.pass} of a test's plugin: adds a line to a file, so that the times it
 * ran can be counted, and waits at a door until a test opens it.
 */
public final class Gate implements Task<Gate.Options> {

  /** What is declared in {@link Gates}. */
  public record Options(String line, String file, @Default("0") int door) {}

  /** For PF4J. */
  public Gate() {}

  @Override
  public void run(Options options, StepContext context) throws IOException {
    Path file = context.writable(context.resolve(options.file()));
    Files.writeString(
        file, options.line() + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    if (options.door() > 0) {
      pass(options, context);
    }
    context.output("line", options.line());
  }

  private static void pass(Options options, StepContext context) throws IOException {
    try (var door = new Socket(InetAddress.getLoopbackAddress(), options.door())) {
      door.getOutputStream().write((options.line() + "\n").getBytes(StandardCharsets.UTF_8));
      if (door.getInputStream().read() < 0) {
        throw new IOException("nobody is at the door");
      }
    } catch (IOException e) {
      // An interrupt closes the socket.
      context.checkCancelled();
      throw e;
    }
  }
}
