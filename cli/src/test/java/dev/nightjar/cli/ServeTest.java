package dev.nightjar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.cli.Gates.Waiting;
import dev.nightjar.store.Firing;
import dev.nightjar.store.RunQuery;
import dev.nightjar.store.Store;
import dev.nightjar.store.StoreSettings;
import dev.nightjar.store.StoredRun;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** The daemon as a process: asked, stopped, killed, started again. */
@Timeout(180)
final class ServeTest {

  private static final Pattern ADDRESS = Pattern.compile("http://127\\.0\\.0\\.1:(\\d+)/");

  @TempDir Path folder;
  private Shell shell;
  private Gates gates;

  @BeforeEach
  void open() throws IOException {
    shell = new Shell(folder);
    Gates.plugin(shell.plugins().resolve("gate.jar"), "1.0.0");
    gates = new Gates();
    Files.writeString(
        folder.resolve("letters.yaml"),
        """
        name: letters
        inputs: {day: {type: string, default: any}}
        steps:
          - {id: one, uses: gate.pass, with: {line: "first ${{ inputs.day }}"}}
          - {id: two, uses: gate.pass, with: {line: second, door: %d}}
          - {id: three, uses: gate.pass, with: {line: third}}
        """
            .formatted(gates.door()));
  }

  @AfterEach
  void close() throws IOException {
    gates.close();
  }

  private OtherProcess serve(String... more) throws IOException {
    return serve(folder, more);
  }

  private OtherProcess serve(Path served, String... more) throws IOException {
    var arguments = new ArrayList<>(List.of("serve", served.toString(), "--port", "0"));
    arguments.addAll(List.of(more));
    return OtherProcess.start(folder, shell.environment, arguments);
  }

  private static void await(String what, BooleanSupplier condition) throws InterruptedException {
    for (int look = 0; !condition.getAsBoolean(); look++) {
      assertThat(look).as(what).isLessThan(1_000);
      Thread.sleep(50);
    }
  }

  private static String address(OtherProcess daemon) throws Exception {
    await(
        "it serves",
        () -> {
          try {
            return ADDRESS.matcher(daemon.out()).find();
          } catch (IOException e) {
            return false;
          }
        });
    Matcher found = ADDRESS.matcher(daemon.out());
    assertThat(found.find()).isTrue();
    return found.group();
  }

  /** Starts a run by the API; returns its id. */
  private String start(OtherProcess daemon, String inputs) throws Exception {
    String address = address(daemon);
    String token =
        JsonMapper.shared()
            .readTree(folder.resolve(".nightjar/tokens.json"))
            .path("operator")
            .asString();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address + "api/v1/workflows/letters/runs"))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("{\"inputs\": " + inputs + "}"))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
      return JsonMapper.shared().readTree(answer.body()).path("run").asString();
    }
  }

  private List<String> lines() throws IOException {
    return Files.readAllLines(folder.resolve("lines"));
  }

  private StoredRun.State state(String run) {
    try (Store store = store(folder.resolve(".nightjar"), null)) {
      return store.run(run).orElseThrow().state();
    }
  }

  private static Store store(Path home, String url) {
    return Store.open(new StoreSettings(home, url, InstantSource.system(), StoreSettings.LEASE));
  }

  @Test
  void stoppedSoftlyItLetsTheStepEndAndGoesOnAfterTheNextStart() throws Exception {
    String run;
    try (OtherProcess first = serve()) {
      run = start(first, "{\"day\": \"monday\"}");
      try (Waiting waiting = gates.await()) {
        first.terminate();
        await("it stops", () -> out(first).contains("stops: "));
        waiting.open();
        assertThat(first.exitCode()).as(first.err()).isEqualTo(143);
      }
    }
    assertThat(lines()).containsExactly("first monday", "second");
    assertThat(state(run)).isEqualTo(StoredRun.State.UNFINISHED);

    try (OtherProcess second = serve()) {
      await("it goes on", () -> out(second).contains("run " + run + " succeeded"));
    }
    assertThat(lines()).containsExactly("first monday", "second", "third");
  }

  private static String out(OtherProcess process) {
    try {
      return process.out();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void interruptedOrKilledInAStepItDoesThatAgain() throws Exception {
    String run;
    try (OtherProcess first = serve("--drain", "0s")) {
      run = start(first, "{}");
      try (Waiting waiting = gates.await()) {
        first.terminate();
        waiting.awaitGone();
        assertThat(first.exitCode()).as(first.err()).isEqualTo(143);
      }
      assertThat(first.out()).contains("run " + run + " is suspended");
    }
    try (OtherProcess second = serve();
        Waiting waiting = gates.await()) {
      second.kill();
      waiting.awaitGone();
    }
    try (OtherProcess third = serve();
        Waiting waiting = gates.await()) {
      waiting.open();
      await("it goes on", () -> out(third).contains("run " + run + " succeeded"));
    }
    assertThat(lines()).containsExactly("first any", "second", "second", "second", "third");
  }

  @Test
  void aSecondSignalEndsItAtOnceAndASecondDaemonIsRefused() throws Exception {
    try (OtherProcess first = serve("--drain", "1h")) {
      String run = start(first, "{}");
      try (Waiting waiting = gates.await();
          OtherProcess other = serve()) {
        assertThat(other.exitCode()).as(other.err()).isEqualTo(6);
        assertThat(other.err()).contains("Process " + first.pid() + " serves with the work folder");
        first.terminate();
        await("it stops", () -> out(first).contains("stops: "));
        first.terminate();
        waiting.awaitGone();
        assertThat(first.exitCode()).isEqualTo(143);
      }
      assertThat(state(run)).isEqualTo(StoredRun.State.UNFINISHED);
    }
  }

  @Test
  void filesAreTakenUpWhileItRuns() throws Exception {
    try (OtherProcess daemon = serve()) {
      address(daemon);
      Path ticks = folder.resolve("ticks.yaml");
      Files.writeString(
          ticks,
          """
          name: ticks
          triggers: [{id: each, cron: "* * * * * *"}]
          steps: [{uses: gate.pass, with: {line: tick, file: ticks}}]
          """);
      await("it fires", () -> Files.exists(folder.resolve("ticks")));
      Files.writeString(ticks, "name: ticks\nsteps: [{uses: gate.pas}]\n");
      await("it tells", () -> out(daemon).contains("ticks.yaml: stays in force as it was"));
      int before = Files.readAllLines(folder.resolve("ticks")).size();
      await(
          "the last good version fires",
          () -> {
            try {
              return Files.readAllLines(folder.resolve("ticks")).size() > before + 1;
            } catch (IOException e) {
              return false;
            }
          });
      Files.delete(ticks);
      await("it is gone", () -> out(daemon).contains("ticks.yaml: is gone"));
    }
  }

  @Test
  void aLinkServesTheFolderThatItLeadsTo() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("link"), folder);
    try (OtherProcess daemon = serve(link)) {
      address(daemon);
      assertThat(daemon.out())
          .contains("serves 1 workflow files of " + folder.toRealPath() + " on");
    }
  }

  @Test
  void saysHowManyFilesAreBroken() throws Exception {
    Files.writeString(folder.resolve("broken.yaml"), "name: broken\nsteps: 7\n");
    try (OtherProcess daemon = serve(folder)) {
      address(daemon);
      assertThat(daemon.out()).contains("serves 2 workflow files (1 of them broken) of ");
    }
  }

  @Test
  void twoDaemonsOnOneDatabaseFireEachTimeOnce() throws Exception {
    try (EmbeddedPostgres server = EmbeddedPostgres.start()) {
      String url = server.getJdbcUrl("postgres", "postgres");
      List<OtherProcess> daemons = new ArrayList<>();
      for (String name : List.of("a", "b")) {
        Path own = Files.createDirectory(folder.resolve(name));
        Files.writeString(
            own.resolve("ticks.yaml"),
            """
            name: ticks
            triggers: [{id: each, cron: "* * * * * *"}]
            steps: [{uses: gate.pass, with: {line: tick}}]
            """);
        daemons.add(
            OtherProcess.start(
                folder,
                shell.environment,
                List.of("serve", own.toString(), "--port", "0", "--store", url)));
      }
      try (Store store = store(folder.resolve("none"), url)) {
        await("both fire", () -> fired(store, "a") > 0 && fired(store, "b") > 0);
        daemons.getFirst().kill();
        long before = fired(store, "b");
        await("the other goes on", () -> fired(store, "b") > before + 2);
        daemons.getLast().terminate();
        assertThat(daemons.getLast().exitCode()).isEqualTo(143);

        List<Firing> firings =
            store.firings().list("ticks", "each", Instant.now().plusSeconds(60), 1_000);
        List<String> runs = firings.stream().map(Firing::run).filter(r -> r != null).toList();
        assertThat(firings).extracting(Firing::cause).doesNotHaveDuplicates();
        assertThat(runs)
            .doesNotHaveDuplicates()
            .hasSize((int) (fired(store, "a") + fired(store, "b")));
      } finally {
        daemons.forEach(OtherProcess::close);
      }
    }
  }

  /** Runs of the daemon of a folder. */
  private long fired(Store store, String name) {
    return store
        .runs(
            new RunQuery(
                "ticks",
                folder.resolve(name).resolve("ticks.yaml").toString(),
                Set.of(),
                Set.of(),
                null,
                null,
                1_000,
                null))
        .items()
        .size();
  }
}
