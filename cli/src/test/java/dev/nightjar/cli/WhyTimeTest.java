package dev.nightjar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.store.Firing;
import dev.nightjar.store.Store;
import dev.nightjar.store.StoreSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class WhyTimeTest {

  private static final Instant TIME = Instant.parse("2026-01-10T01:30:00Z");

  @TempDir Path folder;
  private Shell shell;
  private String home;
  private String file;

  @BeforeEach
  void write() throws IOException {
    shell = new Shell(folder);
    home = folder.resolve("home").toString();
    file =
        Files.writeString(
                folder.resolve("daily.yaml"),
                """
                name: daily
                triggers: [{id: nightly, cron: "30 2 * * *", timezone: Europe/Berlin}]
                steps:
                  - {uses: hello.read, with: {path: a}}
                  - {uses: hello.write}
                """)
            .toString();
    var settings =
        new StoreSettings(Path.of(home), null, InstantSource.system(), StoreSettings.LEASE);
    try (Store store = Store.open(settings)) {
      store
          .firings()
          .pass(List.of(Firing.passed("daily", "nightly", TIME, TIME, TIME, "it was down")));
    }
  }

  private int why(String... more) {
    List<String> all = new ArrayList<>(List.of("why", file));
    all.addAll(List.of(more));
    all.addAll(List.of("--home", home));
    return shell.run((Object[]) all.toArray(String[]::new));
  }

  @Test
  void tellsWhatCameOfATime() {
    assertThat(why("nightly", "--at", TIME.toString())).as(shell.err()).isZero();
    assertThat(shell.out())
        .isEqualTo(
            "`nightly` at 2026-01-10T02:30:00+01:00[Europe/Berlin] began no run: it was down.\n");
    assertThat(why("--at", TIME.toString(), "--output", "json")).isZero();
    assertThat(shell.out())
        .startsWith(
            "{\"workflow\":\"daily\",\"trigger\":\"nightly\",\"at\":\"2026-01-10T01:30:00Z\","
                + "\"kind\":\"passed\",\"text\":\"");
  }

  @Test
  void namesTheTriggersThereAre() {
    assertThat(why("nightl", "--at", TIME.toString())).isEqualTo(ExitCode.WRONG_USAGE);
    assertThat(shell.err()).contains("did you mean `nightly`?");
  }

  @Test
  void describesAProcessorAsJson() {
    assertThat(shell.run("plugins", "describe", "hello.read", "--output", "json")).isZero();
    assertThat(shell.out())
        .startsWith("{\"name\":\"hello.read\",\"summary\":\"Reads lines.\"")
        .contains("{\"name\":\"limit\",\"type\":\"integer\",\"doc\":\"At most so many.\"");
  }
}
