package dev.nightjar.stage.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.model.options.PluginDeclaration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PluginIndexTest {

  @TempDir Path temp;
  private Path folder;
  private Path place;

  @BeforeEach
  void makeFolder() throws IOException {
    folder = Files.createDirectory(temp.resolve("plug ins"));
    place = temp.resolve("cache/nightjar");
  }

  @Test
  void aJarThatLooksAsItDidIsNeitherOpenedNorDigested() throws Exception {
    hello("one").write(jar());
    version();
    forge();

    assertThat(version()).isEqualTo(new PluginVersion("hello", "9.9.9", "forged"));
  }

  @Test
  void whatIsKeptIsWhatTheJarSays() throws Exception {
    hello("one").write(jar());
    PluginVersion read = version();
    PluginDeclaration declared = declaration();
    age();

    assertThat(version()).isEqualTo(read);
    assertThat(declaration()).isEqualTo(declared);
    assertThat(read.sha256()).isEqualTo(sha256(jar()));
  }

  @Test
  void aJarWrittenOverIsNoticedEvenWithItsSizeAndTime() throws Exception {
    hello("one").write(jar());
    version();
    forge();
    Path other = hello("two").write(temp.resolve("other.jar"));

    FileTime before = Files.getLastModifiedTime(jar());
    assertThat(Files.size(other)).isEqualTo(Files.size(jar()));
    Files.write(jar(), Files.readAllBytes(other), StandardOpenOption.TRUNCATE_EXISTING);
    Files.setLastModifiedTime(jar(), before);

    assertThat(version()).isEqualTo(new PluginVersion("hello", "1.2.3", sha256(other)));
  }

  @Test
  void anotherFileInItsPlaceIsNoticedEvenWithItsSizeAndTime() throws Exception {
    hello("one").write(jar());
    Path other = hello("two").write(temp.resolve("other.jar"));
    Files.setLastModifiedTime(other, Files.getLastModifiedTime(jar()));
    version();
    forge();

    Files.move(other, jar(), StandardCopyOption.ATOMIC_MOVE);

    assertThat(version()).isEqualTo(new PluginVersion("hello", "1.2.3", sha256(jar())));
  }

  @Test
  void aJarThatMayHaveChangedWithinOneTickOfTheClockIsReadAgain() throws Exception {
    hello("one").write(jar());
    version();
    forge();
    Files.setLastModifiedTime(index(), FileTime.from(Instant.now().plusMillis(500)));

    assertThat(version()).isEqualTo(new PluginVersion("hello", "1.2.3", sha256(jar())));
  }

  @Test
  void foldersWhosePathsAreAlikeHaveFilesOfTheirOwn() throws Exception {
    Path jar = hello("one").write(jar());
    for (String number : List.of("10", "100", "1000")) {
      var index = PluginIndex.of(Path.of("/srv/plugins-" + number + "/plugins"), place);
      index.read(new JarCopy(jar, jar));
      index.save();
    }

    try (var files = Files.list(place)) {
      assertThat(files).hasSize(3);
    }
  }

  @Test
  void jarsThatCameAreAddedAndThoseThatAreGoneForgotten() throws Exception {
    hello("one").write(jar());
    version();
    age();
    TestJar.plugin("more", Map.of("more.greet", "not.There")).write(folder.resolve("more.jar"));
    assertThat(ids()).containsExactly("hello", "more");
    age();
    Files.delete(jar());

    assertThat(ids()).containsExactly("more");
    assertThat(kept())
        .singleElement()
        .satisfies(one -> assertThat(one.jar().id()).isEqualTo("more"));
  }

  @Test
  void aDamagedIndexIsMadeAnew() throws Exception {
    hello("one").write(jar());
    PluginVersion read = version();
    byte[] whole = Files.readAllBytes(index());
    List<byte[]> damaged = new ArrayList<>(List.of(new byte[0], new byte[] {1}));
    damaged.add(Arrays.copyOf(whole, whole.length - 1));
    for (int at = 0; at < whole.length; at += 7) {
      byte[] spoiled = whole.clone();
      spoiled[at] ^= 0x15;
      damaged.add(spoiled);
    }

    for (byte[] bytes : damaged) {
      Files.write(index(), bytes);
      age();
      assertThat(version()).isEqualTo(read);
      assertThat(kept()).as("made anew").hasSize(1);
    }
  }

  @Test
  void anotherFolderWithTheSameIndexFileIsNotBelieved() throws Exception {
    hello("one").write(jar());
    version();
    byte[] bytes = Files.readAllBytes(index());

    assertThat(IndexFormat.read(bytes, folder)).hasSize(1);
    assertThat(IndexFormat.read(bytes, temp.resolve("others"))).isEmpty();
  }

  @Test
  void manyAtOnceLeaveOneWholeIndex() throws Exception {
    hello("one").write(jar());
    PluginVersion expected = new PluginVersion("hello", "1.2.3", sha256(jar()));

    try (var threads = Executors.newFixedThreadPool(8)) {
      Callable<PluginVersion> process = this::version;
      for (var answer : threads.invokeAll(Collections.nCopies(100, process))) {
        assertThat(answer.get()).isEqualTo(expected);
      }
    }

    assertThat(kept()).hasSize(1);
    try (Stream<Path> files = Files.list(place)) {
      assertThat(files).containsExactly(index());
    }
  }

  @Test
  void aPlaceThatCannotBeWrittenIsNoError() throws Exception {
    hello("one").write(jar());
    Files.createDirectories(place.getParent());
    Files.createFile(place);

    assertThat(version()).isEqualTo(new PluginVersion("hello", "1.2.3", sha256(jar())));
    assertThat(place).isRegularFile();
  }

  @Test
  void nothingIsWrittenWhereNothingIsNew() throws Exception {
    hello("one").write(jar());
    version();
    age();
    FileTime before = Files.getLastModifiedTime(index());

    version();

    assertThat(Files.getLastModifiedTime(index())).isEqualTo(before);
  }

  private static TestJar hello(String content) {
    return TestJar.plugin("hello", Map.of("hello.greet", "not.There")).entry("content", content);
  }

  private Path jar() {
    return folder.resolve("hello.jar");
  }

  /** Asks as a process does that runs a workflow. */
  private PluginVersion version() {
    try (PluginHost host = PluginHost.open(folder, temp.resolve("copies"), place)) {
      return host.version("hello");
    }
  }

  private PluginDeclaration declaration() {
    try (PluginHost host = PluginHost.open(folder, temp.resolve("copies"), place)) {
      return host.catalog().plugins().getFirst();
    }
  }

  private List<String> ids() {
    try (PluginHost host = PluginHost.open(folder, temp.resolve("copies"), place)) {
      return host.catalog().plugins().stream().map(PluginDeclaration::id).toList();
    }
  }

  private Path index() throws IOException {
    try (Stream<Path> files = Files.list(place)) {
      return files.findFirst().orElseThrow();
    }
  }

  private List<IndexedJar> kept() throws IOException {
    return IndexFormat.read(Files.readAllBytes(index()), folder);
  }

  /** As if the index had been written long after the jars. */
  private void age() throws IOException {
    Files.setLastModifiedTime(index(), FileTime.from(Instant.now().plus(Duration.ofHours(1))));
  }

  /** Makes the index say what is nowhere else. */
  private void forge() throws IOException {
    PluginJar jar = kept().getFirst().jar();
    PluginDeclaration plugin = jar.declaration();
    var other =
        new PluginDeclaration(plugin.id(), "9.9.9", plugin.description(), plugin.processors());
    var forged =
        new PluginJar(
            jar.path(), jar.content(), other, jar.requires(), jar.dependencies(), jar.stamp());
    Files.write(index(), IndexFormat.write(folder, List.of(new IndexedJar(forged, "forged"))));
    age();
  }

  private static String sha256(Path file) throws Exception {
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
    return HexFormat.of().formatHex(digest);
  }
}
