package dev.nightjar.store;

import static dev.nightjar.store.SampleEvents.logged;
import static dev.nightjar.store.SampleEvents.run;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Several processes with one file. */
class SqliteProcessesTest extends SeveralProcesses {

  @Override
  String url() {
    return null;
  }

  /** A file may not become larger than 512 KiB: the disk refuses, as a full one does. */
  @Test
  void whatWasSettledIsThereWhenTheDiskRefuses() throws Exception {
    Store store = open();
    store.begin(run("r1"), event -> {}).close();
    store.close();
    List<String> limited = List.of("sh", "-c", "ulimit -f 1024; exec \"$@\"", "sh");
    try (Peer peer = new Peer(folder, url(), StoreSettings.LEASE, limited).opened()) {
      assertThat(peer.ask("adopt r1")).isEqualTo("done");
      peer.tell("forever 0");
      String last = "-1";
      String line = peer.read();
      while (line.matches("\\d+")) {
        last = line;
        line = peer.read();
      }
      assertThat(line).startsWith("STORE The store " + folder.resolve("store.db"));
      // Not even something small, which might fit.
      assertThat(peer.ask("append x")).startsWith("STORE The store ");
      List<?> events = events(open(), "r1");
      assertThat(events).hasSizeGreaterThan(Integer.parseInt(last)).hasSizeGreaterThan(100);
      assertThat(events)
          .isEqualTo(
              IntStream.range(0, events.size()).mapToObj(i -> logged("number " + i)).toList());
    }
  }

  /** Each class costs a start time. */
  @Test
  void nothingOfTheOtherDatabaseIsLoaded() throws Exception {
    Path classes = folder.resolve("classes");
    String log = "-Xlog:class+load:file=" + classes;
    try (Peer peer = new Peer(folder, url(), StoreSettings.LEASE, List.of(), log).opened()) {
      assertThat(peer.ask("begin r1")).isEqualTo("done");
      assertThat(peer.ask("append one")).isEqualTo("done");
    }
    try (Stream<String> lines = Files.lines(classes)) {
      assertThat(lines)
          .anyMatch(line -> line.contains(" org.sqlite."))
          .noneMatch(line -> line.contains(" org.postgresql.") || line.contains(" com.zaxxer."));
    }
  }
}
