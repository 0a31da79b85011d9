package dev.nightjar.daemon.folder;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What stays in force while something is wrong with a file or its folder. */
final class LastGoodWorkflowsTest extends WithWorkflows {

  @Test
  void theLastGoodVersionStaysInForceWhileTheFileIsBroken() throws IOException {
    write("a.yaml", flow("one"));
    settle();
    clock.advance(Duration.ofMinutes(1));
    write("a.yaml", flow("one") + "stps: []\n");

    assertThat(settle()).containsExactly("Broken a.yaml");

    ServedWorkflow broken = found("one");
    assertThat(broken.isBroken()).isTrue();
    assertThat(messages(broken)).containsExactly("a workflow has no key `stps`");
    assertThat(broken.since()).isEqualTo(clock.instant());
    assertThat(inForce(broken).text()).isEqualTo(flow("one"));
    assertThat(inForce(broken).since()).isBefore(clock.instant());

    write("a.yaml", flow("one") + "stps: []\nouputs: {}\n");
    assertThat(settle()).containsExactly("Broken a.yaml");
    write("a.yaml", flow("one"));
    assertThat(settle()).containsExactly("Mended a.yaml");
    assertThat(found("one").diagnostics()).isEmpty();
  }

  @Test
  void alsoOverARestart() throws IOException {
    write("a.yaml", flow("one"));
    write("b.yaml", flow("two"));
    settle();
    write("a.yaml", "name: one\nsteps: [");
    Files.delete(flows.resolve("b.yaml"));
    restart();

    assertThat(look()).containsExactly("Added a.yaml");
    assertThat(inForce(found("one")).text()).isEqualTo(flow("one"));
    assertThat(look()).containsExactly("Broken a.yaml");
    assertThat(inForce(found("one")).text()).isEqualTo(flow("one"));

    write("b.yaml", "name: two\n");
    assertThat(settle()).containsExactly("Broken b.yaml");
    assertThat(folder.find("two")).isNull();
  }

  @Test
  void aTextThatWasKeptAndTornIsAsGoodAsNone() throws IOException {
    write("a.yaml", flow("one"));
    settle();
    write("a.yaml", "name: one\n");
    try (Stream<Path> kept = Files.list(temp.resolve("work/served"))) {
      Path one = kept.findFirst().orElseThrow();
      String text = Files.readString(one);
      Files.writeString(one, text.substring(0, text.length() - 3));
    }
    restart();

    assertThat(settle()).containsExactly("Broken a.yaml");
    assertThat(folder.find("one")).isNull();
  }

  @Test
  void whatLiesInAFolderThatIsAwayStays() throws IOException {
    write("a.yaml", flow("one"));
    settle();
    Files.move(flows, temp.resolve("away"));

    assertThat(settle()).isEmpty();
    assertThat(folder.find("one")).isNotNull();
    assertThat(folder.problems())
        .containsExactly(
            flows + ": cannot be listed: there is no such folder; what was in force there stays");

    Files.writeString(flows, "a file");
    assertThat(settle()).isEmpty();
    assertThat(folder.problems()).singleElement().asString().contains("it is no folder");
    Files.delete(flows);
    Files.move(temp.resolve("away"), flows);

    assertThat(settle()).isEmpty();
    assertThat(folder.problems()).isEmpty();
  }

  @Test
  void goesOnWhenTextsCannotBeKept() throws IOException {
    Files.writeString(temp.resolve("work/served"), "in the way");
    write("a.yaml", flow("one"));

    assertThat(settle()).containsExactly("Added a.yaml");
    assertThat(folder.problems()).singleElement().asString().contains("a.yaml: what is in force");

    Files.delete(temp.resolve("work/served"));
    write("b.yaml", flow("two"));
    settle();
    assertThat(folder.problems()).isEmpty();
    assertThat(Objects.requireNonNull(temp.resolve("work/served").toFile().list())).hasSize(2);
  }

  @Test
  void aFileWrittenSlowlyIsTakenWhenItIsWholeOrShowsWhatIsWrong() throws Exception {
    write("a.yaml", flow("one"));
    settle();
    String text = flow("one") + "description: >\n  " + "long ".repeat(40_000) + "\n";
    var started = new CountDownLatch(1);
    Thread writer =
        Thread.ofPlatform()
            .start(() -> {
              try (OutputStream out = Files.newOutputStream(flows.resolve("a.yaml"))) {
                for (int from = 0; from < text.length(); from += 100) {
                  out.write(
                      text.substring(from, Math.min(from + 100, text.length())).getBytes(UTF_8));
                  out.flush();
                  started.countDown();
                }
              } catch (IOException e) {
                throw new AssertionError(e);
              }
            });
    started.await();
    while (writer.isAlive()) {
      look();
      // Never gone, and never less than what passes the checks.
      assertThat(text).startsWith(inForce(found("one")).text());
      assertThat(inForce(found("one")).text()).startsWith(flow("one").strip());
    }
    writer.join();
    settle();

    assertThat(inForce(found("one")).text()).isEqualTo(text);
    assertThat(found("one").isBroken()).isFalse();
  }
}
