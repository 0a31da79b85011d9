package dev.nightjar.daemon.folder;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** Which of several files is served under a name. */
final class WorkflowNamesTest extends WithWorkflows {

  @Test
  void ofTwoFilesWithOneNameTheFirstByPathIsServed() throws IOException {
    write("b.yaml", flow("same"));
    write("a.yaml", flow("same"));

    assertThat(settle()).containsExactly("Added a.yaml", "Broken b.yaml");

    assertThat(found("same").display()).endsWith("a.yaml");
    ServedWorkflow other = folder.all().getLast();
    assertThat(other.inForce()).isNull();
    assertThat(other.diagnostics())
        .singleElement()
        .satisfies(one -> {
          assertThat(one.code().id()).isEqualTo("duplicate-name");
          assertThat(one.place()).hasToString("b.yaml:1:7");
          assertThat(one.message()).isEqualTo("the workflow name `same` is taken by a.yaml");
        });

    Files.delete(flows.resolve("a.yaml"));
    assertThat(settle()).containsExactly("Removed a.yaml", "Mended b.yaml");
    assertThat(found("same").display()).endsWith("b.yaml");
  }

  @Test
  void theFileThatHadANameKeepsItAlsoOverARestart() throws IOException {
    write("b.yaml", flow("same"));
    settle();
    write("a.yaml", flow("same"));

    assertThat(settle()).containsExactly("Broken a.yaml");
    restart();
    assertThat(look()).containsExactly("Added b.yaml");
    assertThat(look()).containsExactly("Broken a.yaml");

    assertThat(found("same").display()).endsWith("b.yaml");
  }

  @Test
  void aFileWhoseNewNameIsTakenKeepsItsOldOne() throws IOException {
    write("a.yaml", flow("one"));
    write("b.yaml", flow("two"));
    settle();
    write("b.yaml", flow("one"));
    write("c.yaml", flow("two"));

    assertThat(settle()).containsExactly("Broken b.yaml", "Broken c.yaml");
    assertThat(found("two").display()).endsWith("b.yaml");

    write("a.yaml", flow("three"));
    assertThat(settle()).containsExactly("Changed a.yaml", "Mended b.yaml", "Mended c.yaml");
    assertThat(found("one").display()).endsWith("b.yaml");
    assertThat(found("two").display()).endsWith("c.yaml");
  }

  @Test
  void twoFilesCanSwapTheirNames() throws IOException {
    write("a.yaml", flow("one"));
    write("b.yaml", flow("two"));
    settle();
    write("a.yaml", flow("two"));
    write("b.yaml", flow("one"));

    assertThat(settle()).containsExactly("Changed a.yaml", "Changed b.yaml");
    assertThat(found("one").display()).endsWith("b.yaml");
  }
}
