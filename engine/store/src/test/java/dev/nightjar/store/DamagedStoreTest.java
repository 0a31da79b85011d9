package dev.nightjar.store;

import static dev.nightjar.store.SampleEvents.committed;
import static dev.nightjar.store.SampleEvents.ended;
import static dev.nightjar.store.SampleEvents.logged;
import static dev.nightjar.store.SampleEvents.run;
import static dev.nightjar.store.SampleEvents.started;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightjar.runtime.journal.Event;
import dev.nightjar.runtime.monitor.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file that is not what was written: it is said so, and left as it is. */
class DamagedStoreTest extends WithStores {

  @Override
  String url() {
    return null;
  }

  private Path file() {
    return folder.resolve("store.db");
  }

  private Path log() {
    return folder.resolve("store.db-wal");
  }

  private void fill() {
    try (Store store = open()) {
      write(store);
    }
  }

  private static List<Event> write(Store store) {
    List<Event> events = new ArrayList<>(List.of(started("r1")));
    try (OwnedRun run = store.begin(run("r1"), events::add)) {
      run.append(started("r1"));
      for (int i = 0; i < 300; i++) {
        run.append(i % 3 == 0 ? logged("line " + i) : committed(i));
        if (i % 50 == 0) {
          run.settle();
        }
      }
      run.append(ended("r1", Outcome.SUCCEEDED, null));
    }
    store.search("line", 1, null);
    return events.subList(1, events.size());
  }

  private void spoil(UnaryOperator<byte[]> how) throws IOException {
    Files.write(file(), how.apply(Files.readAllBytes(file())));
  }

  private void isRefusedUntouched(String finding) throws IOException {
    byte[] before = Files.readAllBytes(file());
    byte[] logBefore = Files.exists(log()) ? Files.readAllBytes(log()) : null;
    assertThatThrownBy(this::open)
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(file().toString())
        .hasMessageContaining("is damaged")
        .hasMessageContaining(finding)
        .hasMessageContaining("from a backup")
        .hasMessageContaining("move all three aside");
    assertThat(Files.readAllBytes(file())).isEqualTo(before);
    if (logBefore != null) {
      assertThat(Files.readAllBytes(log())).isEqualTo(logBefore);
    } else {
      assertThat(log()).doesNotExist();
    }
  }

  /** FTS5 would call it so, on a connection that has looked before. */
  @Test
  void whatAnotherProcessHasMergedSinceTheLastLookIsNoDamage() {
    Store store = open();
    Store other = open();
    store.begin(run("left"), event -> {}).close();
    for (int i = 0; i < 60; i++) {
      String id = "r" + i;
      try (OwnedRun run = other.begin(run(id), event -> {})) {
        run.append(started(id));
        run.append(logged("line " + i));
        run.append(ended(id, Outcome.SUCCEEDED, null));
      }
      assertThat(other.search("line", 100, null).items()).hasSize(i + 1);
      store.adopt("left", event -> {}).close();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 99, 100, 4095, 4096, 10_000, 30_000})
  void aFileThatIsCutOff(int bytes) throws IOException {
    fill();
    spoil(all -> Arrays.copyOf(all, bytes));
    isRefusedUntouched(bytes == 0 ? "it is empty" : "it ");
  }

  @Test
  void aFileOfZeros() throws IOException {
    fill();
    spoil(all -> new byte[all.length]);
    isRefusedUntouched("it does not begin as an SQLite file does");
  }

  @Test
  void aPageOfZeros() throws IOException {
    fill();
    spoil(all -> {
      Arrays.fill(all, 3 * 4096, 4 * 4096, (byte) 0);
      return all;
    });
    isRefusedUntouched("");
  }

  @Test
  void aFileOfAnotherProgram() throws IOException {
    Files.writeString(file(), "name: orders\nsteps: []\n".repeat(20));
    isRefusedUntouched("it does not begin as an SQLite file does");
  }

  /** Wherever a bit is wrong, nobody is told anything wrong. */
  @Test
  void aBitThatIsWrong() throws IOException {
    List<Event> events;
    try (Store store = open()) {
      events = write(store);
    }
    byte[] whole = Files.readAllBytes(file());
    var random = new Random(5);
    int refused = 0;
    for (int round = 0; round < 100; round++) {
      int bit = random.nextInt(whole.length * 8);
      byte[] spoiled = whole.clone();
      spoiled[bit / 8] ^= (byte) (1 << (bit % 8));
      Files.write(file(), spoiled);
      try (Store store = open()) {
        assertThat(events(store, "r1")).isEqualTo(events);
        assertThat(store.workflow(SampleEvents.DIGEST)).isEqualTo("name: orders\n");
      } catch (StoreException said) {
        refused++;
        assertThat(said).hasMessageContaining("store.db");
      }
      Files.deleteIfExists(log());
    }
    assertThat(refused).isGreaterThan(30);
  }

  /** A store as a crash leaves it: most of it is in the log. */
  private List<Event> crashed() throws IOException {
    List<Event> events;
    Path copy = Files.createDirectory(folder.resolve("copy"));
    try (Store store = open()) {
      events = write(store);
      for (Path one : List.of(file(), log())) {
        Files.copy(one, copy.resolve(one.getFileName()));
      }
    }
    for (Path one : List.of(file(), log())) {
      Files.deleteIfExists(one);
      Files.move(copy.resolve(one.getFileName()), one);
    }
    return events;
  }

  @Test
  void whatACrashHasLeftIsRead() throws IOException {
    List<Event> events = crashed();
    assertThat(events(open(), "r1")).isEqualTo(events);
  }

  @Test
  void aLogWithoutItsEndIsWhatACrashLeaves() throws IOException {
    List<Event> events = crashed();
    byte[] log = Files.readAllBytes(log());
    Files.write(log(), Arrays.copyOf(log, log.length - 5000));
    assertThat(events).startsWith(events(open(), "r1").toArray(Event[]::new));
  }

  @ParameterizedTest
  @ValueSource(ints = {9, 17, 40, 1000, 50_000})
  void aBitThatIsWrongInTheLog(int at) throws IOException {
    List<Event> unused = crashed();
    assertThat(unused).isNotEmpty();
    byte[] log = Files.readAllBytes(log());
    log[at] ^= 4;
    Files.write(log(), log);
    isRefusedUntouched("the checksum of a transaction in store.db-wal is another one");
  }

  @Test
  void aLogWithoutItsFile() throws IOException {
    assertThat(crashed()).isNotEmpty();
    Files.delete(file());
    byte[] log = Files.readAllBytes(log());
    assertThatThrownBy(this::open)
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("the file is gone");
    assertThat(file()).doesNotExist();
    assertThat(Files.readAllBytes(log())).isEqualTo(log);
  }

  @Test
  void theOwnerAloneReadsIt() throws IOException {
    try (Store store = open()) {
      assertThat(write(store)).isNotEmpty();
      for (Path one : List.of(file(), log())) {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(one)))
            .isEqualTo("rw-------");
      }
    }
  }
}
