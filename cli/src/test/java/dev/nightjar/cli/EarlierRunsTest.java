package dev.nightjar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.store.Store;
import dev.nightjar.store.StoreSettings;
import dev.nightjar.store.StoredRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can be done with runs that have ended: found again, done again, forgotten. */
final class EarlierRunsTest {

  private static final String WORKFLOW =
      """
      name: letters
      inputs:
        day: {type: string, required: true}
        stamp: {type: string, default: blue}
      steps:
        - id: write
          uses: gate.pass
          with: {line: "write ${{ inputs.day }}"}
        - id: seal
          uses: gate.pass
          with: {line: "seal ${{ steps.write.outputs.line }} ${{ trigger.time }}", file: sealed}
        - id: post
          uses: gate.pass
          with: {line: "post ${{ inputs.stamp }}"}
      """;

  @TempDir Path folder;
  private Shell shell;
  private Path file;

  @BeforeEach
  void openShell() throws IOException {
    shell = new Shell(folder);
    Gates.plugin(shell.plugins().resolve("gate.jar"), "1.0.0");
    file = Files.writeString(folder.resolve("letters.yaml"), WORKFLOW);
  }

  @Test
  void takesOverWhatIsBeforeAStepAndKeepsInputsAndTrigger() throws IOException {
    begin("--input", "day=monday");

    assertThat(rerun("--from", "post", "--input", "stamp=red")).as(shell.err()).isZero();
    assertThat(shell.err()).contains("write  as in run ", "seal  as in run ");
    assertThat(lines("lines")).containsExactly("write monday", "post blue", "post red");

    assertThat(rerun()).as(shell.err()).isZero();
    assertThat(lines("lines")).endsWith("write monday", "post red").hasSize(5);
    assertThat(lines("sealed")).hasSize(2);
    assertThat(lines("sealed").get(1)).as("the trigger").isEqualTo(lines("sealed").getFirst());
  }

  @Test
  void anInputThatATakenOverStepReadsCannotChange() throws IOException {
    begin("--input", "day=monday");

    assertThat(rerun("--from", "post", "--input", "day=tuesday")).isEqualTo(2);
    assertThat(shell.err())
        .contains("the input `day` has changed, and `write` reads it: use `--from write`");
    assertThat(rerun("--from", "write", "--input", "day=tuesday")).as(shell.err()).isZero();
    assertThat(lines("lines")).contains("write tuesday");

    Files.writeString(file, "env: {DAY: \"${{ inputs.day }}\"}\n" + WORKFLOW);
    assertThat(rerun("--from", "seal", "--input", "day=friday")).isEqualTo(2);
    assertThat(shell.err()).contains("the input `day` is in `env`");
  }

  @Test
  void theFileAsItIsNowIsRun() throws IOException {
    begin("--input", "day=monday");
    Files.writeString(
        file,
        WORKFLOW
            .replace("  stamp: {type: string, default: blue}\n", "")
            .replace("${{ inputs.stamp }}", "now"));

    assertThat(rerun("--from", "psot")).isEqualTo(2);
    assertThat(shell.err()).contains("the workflow has no step `psot`; did you mean `post`?");
    assertThat(rerun("--from", "post")).as(shell.err()).isZero();
    assertThat(shell.err()).contains("warning: the workflow no longer has the input `stamp`");
    assertThat(lines("lines")).containsExactly("write monday", "post blue", "post now");
  }

  @Test
  void whySaysHowTheStepsHadEndedThatAStepNeeds() {
    begin("--input", "day=monday");

    assertThat(shell.run("why", "last", "post", "--home", home())).isZero();
    assertThat(shell.out()).contains("  ran: of what it needs `seal` has succeeded\n");
    assertThat(shell.run("why", "last", "write", "--home", home())).isZero();
    assertThat(shell.out()).contains("  ran: nothing stood against it\n");
  }

  @Test
  void stepsThatHaveChangedAndAreTakenOverAreNamed() throws IOException {
    begin("--input", "day=monday");
    Files.writeString(
        file, "# moved\n" + WORKFLOW.replace("write ${{", "wrote ${{").replace("post", "send"));

    assertThat(rerun("--from", "send")).as(shell.err()).isZero();
    assertThat(shell.err())
        .contains("warning: `write` has changed in the file since run ", "; `--from write` does")
        .doesNotContain("`seal` has changed");
    assertThat(lines("lines")).contains("write monday").doesNotContain("wrote monday");
  }

  @Test
  void theTextThatIsRememberedIsRunWhereTheFileIsGone() throws IOException {
    begin("--input", "day=monday");
    Files.delete(file);

    assertThat(rerun()).as(shell.err()).isZero();
    assertThat(shell.err()).contains("warning: ", "letters.yaml is gone; its text is taken as run");
    assertThat(lines("lines")).hasSize(4);
  }

  @Test
  void aRunIsFoundByTheBeginningOfItsId() throws IOException {
    assertThat(shell.run("rerun", "last", "--home", home())).isEqualTo(2);
    assertThat(shell.err()).contains("there is no folder ", "`--home` names the work folder");
    begin("--input", "day=monday");
    begin("--input", "day=tuesday");
    List<String> ids = known().stream().map(StoredRun::id).toList();

    assertThat(shell.run("rerun", "2", "--home", home())).isEqualTo(2);
    assertThat(shell.err())
        .contains("several runs begin with `2`: " + ids.get(0) + ", " + ids.get(1));
    String slip = ids.get(0).substring(0, ids.get(0).length() - 1) + "z";
    assertThat(shell.run("rerun", slip, "--home", home())).isEqualTo(2);
    assertThat(shell.err()).contains("there is no run `" + slip + "`; did you mean `2");
    assertThat(shell.run("rerun", ids.get(1), "--home", home())).as(shell.err()).isZero();
    assertThat(lines("lines")).endsWith("write monday", "post blue");
  }

  @Test
  void aDatabaseIsNamedWithoutItsPassword() {
    shell.environment.put("NIGHTJAR_STORE", "jdbc:mysql://u:s3cr3t@localhost/x");

    assertThat(shell.run("rerun", "last")).isEqualTo(2);
    assertThat(shell.err())
        .contains("`NIGHTJAR_STORE` names a PostgreSQL database")
        .doesNotContain("s3cr3t");
    shell.environment.put(
        "NIGHTJAR_STORE", "jdbc:postgresql://localhost:1/x?user=u&password=s3cr3t");
    assertThat(shell.run("rerun", "last", "--home", home())).isEqualTo(5);
    assertThat(shell.err()).doesNotContain("s3cr3t");
  }

  @Test
  void forgetsRunsAndTheirFiles() throws IOException {
    for (String day : List.of("monday", "tuesday", "friday")) {
      begin("--input", "day=" + day);
    }
    List<String> ids = known().stream().map(StoredRun::id).toList();
    Path left = Files.createDirectories(folder.resolve(".nightjar/runs/" + ids.get(2) + "/steps"));
    Files.writeString(left.resolve("part"), "x");

    assertThat(shell.run("runs", "clean", "--home", home())).isZero();
    assertThat(shell.out()).isEqualTo("0 runs forgotten\n");
    assertThat(shell.run("runs", "clean", "--keep", "2", "--home", home())).isZero();
    assertThat(shell.out()).isEqualTo("1 run forgotten\n");
    assertThat(left.getParent()).doesNotExist();

    shell.environment.put("NIGHTJAR_KEEP_RUNS", "1");
    begin("--input", "day=sunday");
    assertThat(known()).hasSize(1);
    assertThat(shell.run("runs", "clean", "--older-than", "0s", "--home", home())).isZero();
    assertThat(known()).isEmpty();
    assertThat(shell.run("runs", "clean", "--older-than", "soon", "--home", home())).isEqualTo(2);
    assertThat(shell.err()).contains("`--older-than` needs a duration such as 30d");
  }

  private void begin(String... inputs) {
    var words = new ArrayList<Object>(List.of("run", file));
    words.addAll(List.of(inputs));
    assertThat(shell.run(words.toArray())).as(shell.err()).isZero();
  }

  private int rerun(String... more) {
    var words = new ArrayList<Object>(List.of("rerun", "last", "--home", home()));
    words.addAll(List.of(more));
    return shell.run(words.toArray());
  }

  private List<StoredRun> known() {
    var settings =
        new StoreSettings(Path.of(home()), null, InstantSource.system(), StoreSettings.LEASE);
    try (Store store = Store.open(settings)) {
      return KnownRuns.newest(store, null, 10);
    }
  }

  private String home() {
    return folder.resolve(".nightjar").toString();
  }

  private List<String> lines(String name) throws IOException {
    return Files.readAllLines(folder.resolve(name));
  }
}
