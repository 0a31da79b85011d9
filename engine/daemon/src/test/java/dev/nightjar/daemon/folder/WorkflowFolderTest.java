package dev.nightjar.daemon.folder;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class WorkflowFolderTest extends WithWorkflows {

  @Test
  void servesWhatItFindsAtAnyDepthOnceItHasSettled() throws IOException {
    write("a.yaml", flow("one"));
    Files.createDirectory(flows.resolve("deep"));
    write("deep/b.yml", flow("two"));
    Files.createDirectory(flows.resolve(".hidden"));
    write(".hidden/c.yaml", flow("three"));
    write("notes.txt", "no workflow");

    assertThat(look()).isEmpty();
    assertThat(folder.all()).isEmpty();
    assertThat(look()).containsExactly("Added a.yaml", "Added deep/b.yml");
    assertThat(look()).isEmpty();

    assertThat(folder.all())
        .extracting(ServedWorkflow::display)
        .containsExactly("a.yaml", "deep/b.yml");
    ServedWorkflow one = found("one");
    assertThat(one.file()).isEqualTo(flows.resolve("a.yaml").toAbsolutePath());
    assertThat(one.diagnostics()).isEmpty();
    assertThat(one.since()).isEqualTo(clock.instant());
    assertThat(inForce(one).text()).isEqualTo(flow("one"));
    assertThat(inForce(one).digest()).isEqualTo(Sha256.of(flow("one")));
    assertThat(inForce(one).generation()).isEqualTo(plugins.current().number());
    assertThat(folder.find("three")).isNull();
    assertThat(folder.problems()).isEmpty();
  }

  @Test
  void takesAChange() throws IOException {
    write("a.yaml", flow("one"));
    settle();
    Instant before = clock.instant();
    clock.advance(Duration.ofMinutes(1));
    write("a.yaml", flow("one") + "description: Changed.\n");

    assertThat(look()).isEmpty();
    assertThat(look()).containsExactly("Changed a.yaml");

    assertThat(inForce(found("one")).workflow().description()).isEqualTo("Changed.");
    assertThat(inForce(found("one")).since()).isEqualTo(before.plus(Duration.ofMinutes(1)));
  }

  @Test
  void doesNotMindAFileThatIsOnlyTouchedOrReplacedByItsLike() throws IOException {
    write("a.yaml", flow("one"));
    settle();
    ServedWorkflow before = found("one");
    clock.advance(Duration.ofMinutes(1));
    Files.setLastModifiedTime(flows.resolve("a.yaml"), FileTime.from(Instant.EPOCH));
    assertThat(settle()).isEmpty();
    Files.writeString(temp.resolve("same"), flow("one"));
    Files.move(temp.resolve("same"), flows.resolve("a.yaml"), StandardCopyOption.REPLACE_EXISTING);
    assertThat(settle()).isEmpty();

    assertThat(found("one")).isSameAs(before);
  }

  @Test
  void aLookThatFindsNothingReadsNothing() throws IOException {
    for (int i = 0; i < 200; i++) {
      write("f" + i + ".yaml", flow("flow-" + i));
    }
    settle();
    Path file = flows.resolve("f7.yaml");
    FileTime time = Files.getLastModifiedTime(file);
    Files.writeString(file, "x".repeat(flow("flow-7").length()));
    Files.setLastModifiedTime(file, time);

    assertThat(settle()).isEmpty();

    assertThat(found("flow-7").isBroken()).isFalse();
  }

  @Test
  void aRemovedFileTakesItsWorkflowAlong() throws IOException {
    write("a.yaml", flow("one"));
    settle();
    Files.delete(flows.resolve("a.yaml"));

    assertThat(look()).isEmpty();
    assertThat(folder.find("one")).isNotNull();
    assertThat(look()).containsExactly("Removed a.yaml");

    assertThat(folder.all()).isEmpty();
    assertThat(temp.resolve("work/served")).isEmptyDirectory();
  }

  @Test
  void aFileThatIsAwayForOneLookIsNotRemoved() throws IOException {
    write("a.yaml", flow("one"));
    settle();
    Files.move(flows.resolve("a.yaml"), temp.resolve("aside"));
    assertThat(look()).isEmpty();
    Files.move(temp.resolve("aside"), flows.resolve("a.yaml"));

    assertThat(settle()).isEmpty();
    assertThat(folder.find("one")).isNotNull();
  }

  @Test
  void yamlForSomebodyElseIsIgnored() throws IOException {
    write("values.yaml", "replicas: 3\n");
    write("list.yaml", "- a\n- b\n");
    write("flow.yaml", "nam: x\nsteps: []\n");

    assertThat(settle()).containsExactly("Broken flow.yaml");
    assertThat(folder.ignored()).containsExactly("list.yaml", "values.yaml");

    write("values.yaml", flow("values"));
    assertThat(settle()).containsExactly("Added values.yaml");
    write("values.yaml", "replicas: 3\n");
    assertThat(settle()).containsExactly("Broken values.yaml");
    assertThat(folder.find("values")).isNotNull();
    assertThat(folder.ignored()).hasSize(1);
  }

  @Test
  void checksAgainWhenPluginsChange() throws IOException {
    write("a.yaml", flow("one"));
    write("b.yaml", flow("two").replace("hello.greet", "other.do"));
    assertThat(settle()).containsExactly("Added a.yaml", "Broken b.yaml");
    assertThat(messages(folder.all().getLast())).singleElement().asString().contains("other.do");

    plugin("other", "other.do");
    settlePlugins();

    assertThat(look()).containsExactly("Mended b.yaml");
    assertThat(inForce(found("one")).generation()).isEqualTo(plugins.current().number());

    Files.delete(jars.resolve("hello.jar"));
    settlePlugins();

    assertThat(look()).containsExactly("Broken a.yaml");
    assertThat(folder.find("one")).isNull();
    write("a.yaml", "name: one\n");
    settle();
    plugin("hello", "hello.greet");
    settlePlugins();

    assertThat(look()).containsExactly("Broken a.yaml");
    assertThat(inForce(found("one")).text()).isEqualTo(flow("one"));
  }

  @Test
  void readsWhatLinksLeadTo() throws IOException {
    Path target = Files.writeString(temp.resolve("target"), flow("one"));
    Files.createSymbolicLink(flows.resolve("a.yaml"), target);
    Files.createSymbolicLink(flows.resolve("b.yaml"), temp.resolve("nowhere"));
    Files.createSymbolicLink(flows.resolve("c.yaml"), flows.resolve("c.yaml"));
    Files.createSymbolicLink(flows.resolve("d.yaml"), temp);
    Files.createSymbolicLink(flows.resolve("around"), flows);

    assertThat(settle())
        .containsExactly("Added a.yaml", "Broken b.yaml", "Broken c.yaml", "Broken d.yaml");
    assertThat(look()).isEmpty();

    Files.writeString(target, flow("two"));
    Files.writeString(temp.resolve("nowhere"), flow("three"));
    assertThat(settle()).containsExactly("Changed a.yaml", "Mended b.yaml");
    Files.delete(target);
    assertThat(settle()).containsExactly("Broken a.yaml");
    assertThat(found("two").isBroken()).isTrue();
  }

  @Test
  void saysWhyAFileCannotBeRead() throws IOException {
    write("large.yaml", flow("large") + "#".repeat(2 << 20));
    Files.write(flows.resolve("bytes.yaml"), new byte[] {'a', (byte) 0xFF, 'b'});
    write("empty.yaml", "");

    assertThat(settle())
        .containsExactly("Broken bytes.yaml", "Broken empty.yaml", "Broken large.yaml");
    assertThat(folder.all())
        .flatExtracting(WithWorkflows::messages)
        .hasSize(3)
        .contains("the file is larger than 1 MiB");
  }

  @Test
  void tenThousandFiles() throws IOException {
    for (int i = 0; i < 100; i++) {
      Path below = Files.createDirectory(flows.resolve("d" + i));
      for (int j = 0; j < 100; j++) {
        Files.writeString(below.resolve(j + ".yaml"), flow("flow-" + i + "-" + j));
      }
    }

    assertThat(settle()).hasSize(10_000);
    Files.delete(flows.resolve("d7/7.yaml"));
    assertThat(settle()).containsExactly("Removed d7/7.yaml");
    assertThat(folder.all()).hasSize(9_999);
  }
}
