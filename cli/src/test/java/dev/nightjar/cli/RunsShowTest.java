package dev.nightjar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.cli.display.SampleRun;
import dev.nightjar.runtime.journal.Event;
import dev.nightjar.store.NewRun;
import dev.nightjar.store.OwnedRun;
import dev.nightjar.store.Store;
import dev.nightjar.store.StoreSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Shows and exports a run that a real store remembers. */
final class RunsShowTest {

  private static final String ID = "20261120-100000-k3v9";

  @TempDir Path folder;
  private Path home;
  private Shell shell;

  @BeforeEach
  void makeShell() throws IOException {
    shell = new Shell(folder);
    home = folder.resolve("home");
  }

  private void remember(List<Event> events) {
    var settings = new StoreSettings(home, null, () -> SampleRun.START, StoreSettings.LEASE);
    var run =
        new NewRun(
            ID,
            "clean-orders",
            folder.resolve("orders.yaml").toString(),
            "3f".repeat(32),
            SampleRun.TEXT,
            SampleRun.START,
            null);
    try (Store store = Store.open(settings);
        OwnedRun owned = store.begin(run, event -> {})) {
      events.stream().map(this::moved).forEach(owned::append);
      owned.settle();
    }
  }

  /** The sample's workflow lies in the test's folder. */
  private Event moved(Event event) {
    return event instanceof Event.RunStarted e
        ? new Event.RunStarted(
            e.at(),
            e.run(),
            e.workflow(),
            folder.resolve("orders.yaml").toString(),
            e.inputs(),
            e.digest(),
            e.plugins(),
            e.trigger(),
            e.rerun())
        : event;
  }

  @Test
  void showsARunByTheBeginningOfItsId() {
    remember(SampleRun.events());

    assertThat(shell.run("runs", "show", "20261120", "--home", home)).isZero();
    assertThat(shell.out())
        .startsWith("clean-orders  run " + ID + "  failed\n")
        .containsPattern("clean +#+x:#+ +3\\.8 s, 1 retry")
        .endsWith("clean-orders failed in 17.5 s\n");
    assertThat(shell.err()).isEmpty();
  }

  @Test
  void showsARunThatNobodyFinishedAsOne() {
    remember(SampleRun.killed());

    assertThat(shell.run("runs", "show", "last", "--home", home)).isZero();
    assertThat(shell.out()).contains("  unfinished\n", "`nightjar resume " + ID + "`");
  }

  @Test
  void jsonIsOneObject() {
    remember(SampleRun.events());

    assertThat(shell.run("runs", "show", ID, "--output", "json", "--home", home)).isZero();
    JsonNode json = JsonMapper.shared().readTree(shell.out());
    assertThat(json.get("run").asString()).isEqualTo(ID);
    assertThat(json.get("steps").size()).isGreaterThan(20);
  }

  @Test
  void exportsOneFileWithTheFirstLinesOfRejectsIfAsked() throws IOException {
    remember(SampleRun.events());
    Files.createDirectories(folder.resolve("out"));
    Files.writeString(folder.resolve("out/rejected.ndjson"), "{\"reason\":\"one\"}\ntwo\n");
    Path file = folder.resolve("run.html");

    assertThat(shell.run("runs", "export", ID, "--to", file, "--home", home)).isZero();
    assertThat(shell.out()).startsWith(file + "  ");
    assertThat(Files.readString(file)).startsWith("<!doctype html>").doesNotContain("\\\"one\\\"");

    shell.run("runs", "export", ID, "--to", file, "--rejects", "1", "--home", home);
    assertThat(Files.readString(file)).contains("\\\"one\\\"").doesNotContain("\"two\"");
    assertThat(folder).isDirectoryNotContaining("glob:**.part");
  }

  @Test
  void saysWhatIsWrongWithWhereTo() {
    remember(SampleRun.events());

    int folderGiven = shell.run("runs", "export", ID, "--to", folder, "--home", home);
    assertThat(folderGiven).isEqualTo(2);
    assertThat(shell.err()).contains("`--to` names a file");
    Path nowhere = folder.resolve("gone/run.html");
    assertThat(shell.run("runs", "export", ID, "--to", nowhere, "--home", home)).isEqualTo(5);
    assertThat(shell.err()).contains("there is no such folder");
    assertThat(shell.run("runs", "show", "nothing", "--home", home)).isEqualTo(2);
  }
}
