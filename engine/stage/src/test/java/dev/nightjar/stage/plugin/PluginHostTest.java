package dev.nightjar.stage.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.nightjar.model.options.ProcessorDeclaration;
import dev.nightjar.spi.Processor;
import dev.nightjar.spi.Task;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PluginHostTest {

  @TempDir Path temp;
  private Path folder;
  private Path copies;
  private final List<PluginHost> opened = new ArrayList<>();

  @BeforeEach
  void makeFolder() throws IOException {
    folder = Files.createDirectory(temp.resolve("plug ins"));
    copies = temp.resolve("work/copies");
  }

  @AfterEach
  void closeHosts() {
    opened.forEach(PluginHost::close);
  }

  @Test
  void readsDeclarationsWithoutLoadingAnything() throws IOException {
    TestJar.plugin("hello", Map.of("hello.greet", "not.There")).write(jar("hello.jar"));

    PluginHost host = open();

    assertThat(names(host)).containsExactly("hello.greet");
    assertThat(host.catalog().plugins().get(0).version()).isEqualTo("1.2.3");
    assertThat(host.problems()).isEmpty();
    assertThat(host.jars()).containsExactly(jar("hello.jar"));
    assertThat(copies).doesNotExist();
  }

  @Test
  void givesTheSameInstanceEveryTime() throws IOException {
    hello().write(jar("hello.jar"));
    PluginHost host = open();

    Processor<?> processor = host.processor("hello.greet");

    assertThat(processor).isInstanceOf(Task.class).isSameAs(host.processor("hello.greet"));
    assertThat(processor.getClass().getClassLoader()).isNotSameAs(getClass().getClassLoader());
  }

  @Test
  void tellsVersionAndDigestOfThePluginOfAProcessorAndOfThoseItNeeds() throws Exception {
    hello().write(jar("hello.jar"));
    TestJar.plugin("more", Map.of("more.greet", "not.There"))
        .manifest("Plugin-Dependencies", "hello")
        .write(jar("more.jar"));
    PluginHost host = open();

    assertThat(host.versions("more.greet"))
        .containsExactly(
            new PluginVersion("more", "1.2.3", sha256(jar("more.jar"))),
            new PluginVersion("hello", "1.2.3", sha256(jar("hello.jar"))));
    assertThat(host.version("hello")).isEqualTo(host.versions("hello.greet").getFirst());
    assertThat(host.version("gone")).isNull();
  }

  @Test
  void aJarThatWasReplacedHasNoDigest() throws IOException {
    hello().write(jar("hello.jar"));
    PluginHost host = open();
    Files.write(jar("hello.jar"), new byte[] {1, 2, 3});

    assertThatExceptionOfType(PluginException.class)
        .isThrownBy(() -> host.version("hello"))
        .withMessage(
            jar("hello.jar") + ": was replaced after its declarations were read; start again");
  }

  private static String sha256(Path file) throws Exception {
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
    return HexFormat.of().formatHex(digest);
  }

  @Test
  void loadsOnceHoweverManyThreadsAsk() throws Exception {
    hello().write(jar("hello.jar"));
    PluginHost host = open();

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<Processor<?>> ask = () -> host.processor("hello.greet");
      var answers = threads.invokeAll(Collections.nCopies(50, ask));
      for (var answer : answers) {
        assertThat(answer.get()).isSameAs(host.processor("hello.greet"));
      }
    }
  }

  @Test
  void runsFromACopyAndRemovesIt() throws IOException {
    Path jar = hello().write(jar("hello.jar"));
    PluginHost host = open();
    host.processor("hello.greet");

    Files.delete(jar);
    try (var left = Files.walk(copies)) {
      assertThat(left.map(path -> path.getFileName().toString())).contains("hello.jar");
    }
    host.close();
    host.close();

    try (var left = Files.list(copies)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void copiesJarsToFoldersThatAreTheOwnersAlone() throws IOException {
    hello().write(jar("hello.jar"));
    open().processor("hello.greet");
    open().processor("hello.greet");

    try (var folders = Files.list(copies)) {
      List<Path> own = folders.toList();
      assertThat(own).hasSize(2);
      for (Path one : own) {
        assertThat(Files.getPosixFilePermissions(one))
            .isEqualTo(PosixFilePermissions.fromString("rwx------"));
      }
    }
  }

  @Test
  void refusesAJarThatWasReplacedSinceItWasRead() throws IOException {
    hello().write(jar("hello.jar"));
    PluginHost host = open();
    hello().entry("more", "bytes").write(jar("hello.jar"));

    assertFails(host, "hello.greet", "hello.jar", "was replaced");
    assertFails(host, "hello.greet", "hello.jar", "was replaced");
  }

  @Test
  void oneBadJarHarmsNoOther() throws IOException {
    hello().write(jar("hello.jar"));
    Files.writeString(jar("junk.jar"), "no zip at all");

    PluginHost host = open();

    assertThat(names(host)).containsExactly("hello.greet");
    assertThat(host.processor("hello.greet")).isNotNull();
    assertThat(host.problems()).hasSize(1);
    assertThat(host.problems().get(0).toString())
        .startsWith(jar("junk.jar") + ": is not a jar")
        .doesNotContain("\n");
  }

  @Test
  void saysWhatIsWrongWithEachJar() throws IOException {
    Files.createDirectory(jar("a-folder.jar"));
    Files.createFile(jar("b-empty.jar"));
    TestJar.empty().entry("some.txt", "").write(jar("c-no-manifest.jar"));
    TestJar.empty().manifest("Created-By", "x").write(jar("d-library.jar"));
    hello().manifest("Plugin-Id", "../../x").write(jar("e-id.jar"));
    hello().manifest("Plugin-Version", "one").write(jar("f-version.jar"));
    hello().manifest("Class-Path", "../lib/other.jar").write(jar("g-class-path.jar"));
    hello().manifest("Plugin-Dependencies", "base, more?").write(jar("h-dependency.jar"));
    hello()
        .without("META-INF/nightjar/processors.json")
        .entry("META-INF/extensions.idx", "# Generated by PF4J\nhello.Greet\n")
        .write(jar("i-foreign.jar"));
    hello().without("META-INF/nightjar/processors.json").write(jar("j-unprocessed.jar"));
    hello()
        .entry("META-INF/nightjar/processors.json", "{\"format\": 99, \"processors\": []}")
        .write(jar("k-newer.jar"));
    hello().entry("META-INF/nightjar/processors.json", "{").write(jar("l-broken.jar"));

    PluginHost host = open();

    assertThat(names(host)).isEmpty();
    List<String> messages = host.problems().stream().map(Problem::message).toList();
    assertThat(messages).hasSize(12);
    assertThat(messages.get(0)).contains("is no file");
    assertThat(messages.get(1)).contains("is not a jar");
    assertThat(messages.get(2)).contains("no META-INF/MANIFEST.MF");
    assertThat(messages.get(3)).contains("no Plugin-Id", "library");
    assertThat(messages.get(4)).contains("`../../x`", "[a-z][a-z0-9-]*");
    assertThat(messages.get(5)).contains("`one`", "1.2.3");
    assertThat(messages.get(6)).contains("Class-Path", "bundle");
    assertThat(messages.get(7)).contains("needs the plugin `base`");
    assertThat(messages.get(8))
        .contains("declares extensions of which none is a processor of this engine");
    assertThat(messages.get(9)).contains("no processors", "<proc>full</proc>");
    assertThat(messages.get(10)).contains("newer Nightjar");
    assertThat(messages.get(11)).contains("processors.json is broken");
    assertThat(messages).noneMatch(message -> message.contains("\n"));
  }

  @Test
  void usesNeitherOfTwoPluginsWithOneId() throws IOException {
    hello().write(jar("hello-1.jar"));
    hello().write(jar("hello-2.jar"));

    PluginHost host = open();

    assertThat(names(host)).isEmpty();
    assertThat(host.problems())
        .extracting(Problem::toString)
        .satisfiesExactly(
            first -> assertThat(first).contains("hello-1.jar: ", "`hello`", "hello-2.jar;"),
            second -> assertThat(second).contains("hello-2.jar: ", "`hello`", "hello-1.jar;"));
  }

  @Test
  void usesNeitherOfTwoProcessorsWithOneNameButTheRest() throws IOException {
    TestJar.plugin("one", Map.of("hello.greet", "a.B", "one.own", "a.C")).write(jar("one.jar"));
    TestJar.plugin("two", Map.of("hello.greet", "a.B", "two.own", "a.C")).write(jar("two.jar"));

    PluginHost host = open();

    assertThat(names(host)).containsExactly("one.own", "two.own");
    assertThat(host.problems())
        .extracting(Problem::toString)
        .satisfiesExactly(
            first -> assertThat(first).contains("one.jar: ", "`hello.greet`", "two.jar;"),
            second -> assertThat(second).contains("two.jar: ", "`hello.greet`", "one.jar;"));
  }

  @Test
  void pluginsThatDependOnEachOtherInACircleAreRefused() throws IOException {
    hello().manifest("Plugin-Dependencies", "b").write(jar("hello.jar"));
    TestJar.plugin("b", Map.of()).manifest("Plugin-Dependencies", "hello").write(jar("b.jar"));
    TestJar.plugin("c", Map.of("c.d", "c.D")).write(jar("c.jar"));

    PluginHost host = open();

    assertThat(names(host)).containsExactly("c.d");
    assertThat(host.problems()).isNotEmpty();
    assertThat(host.problems()).allMatch(problem -> problem.message().contains("depends on"));
  }

  @Test
  void aPluginMaySeeTheClassesOfOneItDependsOn() throws IOException {
    TestJar.plugin("base", Map.of())
        .source("base.Words", "package base; public class Words { public Words() {} }")
        .write(jar("z-base.jar"));
    TestJar.task("hello", "hello.greet", "hello.Greet", "Object words = new base.Words();")
        .source("base.Words", "package base; public class Words { public Words() {} }")
        .manifest("Plugin-Dependencies", "base@>=1.0.0")
        .write(jar("hello.jar"));
    PluginHost host = open();

    assertThat(host.processor("hello.greet")).isNotNull();
  }

  @Test
  void aDependencyOfTheWrongVersionHarmsItsDependentOnly() throws IOException {
    TestJar.task("base", "base.do", "base.Do", "").write(jar("base.jar"));
    hello().manifest("Plugin-Dependencies", "base@>=7.0.0").write(jar("hello.jar"));
    PluginHost host = open();

    assertFails(host, "hello.greet", "hello.jar", "7.0.0");
    assertThat(host.processor("base.do")).isNotNull();
  }

  @Test
  void aBundledCopyOfTheSpiIsNotUsed() throws IOException {
    hello()
        .source("dev.nightjar.spi.Kind", "package dev.nightjar.spi; public enum Kind { ODD }")
        .write(jar("hello.jar"));

    assertThat(open().processor("hello.greet")).isInstanceOf(Task.class);
  }

  @Test
  void aBundledJacksonIsNotUsedWhereTypesCrossTheBorder() throws IOException {
    TestJar.task(
            "hello",
            "hello.greet",
            "hello.Greet",
            "static { tools.jackson.databind.node.JsonNodeFactory.instance.objectNode(); }")
        .entry("tools/jackson/databind/JsonNode.class", "an old one")
        .write(jar("hello.jar"));

    assertThat(open().processor("hello.greet")).isInstanceOf(Task.class);
  }

  @Test
  void aPluginsOwnLibraryGoesFirst() throws IOException {
    TestJar.task(
            "hello",
            "hello.greet",
            "hello.Greet",
            "public String toString() {" + " return dev.nightjar.model.Step.WHOSE; }")
        .source(
            "dev.nightjar.model.Step",
            "package dev.nightjar.model; public class Step { public static final String WHOSE ="
                + " new String(\"mine\"); }")
        .write(jar("hello.jar"));

    assertThat(open().processor("hello.greet")).hasToString("mine");
  }

  @Test
  void theEnginesOwnClassesAreHidden() throws Exception {
    hello().write(jar("hello.jar"));
    ClassLoader loader = open().processor("hello.greet").getClass().getClassLoader();

    assertThatExceptionOfType(ClassNotFoundException.class)
        .isThrownBy(() -> loader.loadClass("dev.nightjar.stage.plugin.PluginHost"));
    assertThat(loader.loadClass("java.sql.Connection")).isNotNull();
    assertThat(loader.loadClass("dev.nightjar.spi.Task")).isSameAs(Task.class);
  }

  @Test
  void whateverLoadingThrowsNamesTheJar() throws IOException {
    TestJar.plugin("a", Map.of("a.a", "a.Missing")).write(jar("a.jar"));
    TestJar.task("b", "b.b", "b.B", "public B() { throw new StackOverflowError(\"deep\"); }")
        .write(jar("b.jar"));
    TestJar.task("c", "c.c", "c.C", "static int x = Integer.parseInt(\"no\");").write(jar("c.jar"));
    TestJar.plugin("d", Map.of("d.d", "java.lang.Object")).write(jar("d.jar"));
    TestJar.task("e", "e.e", "e.E", "private E() {}").write(jar("e.jar"));
    TestJar.task("f", "f.f", "f.F", "Object x = new g.Gone();")
        .source("g.Gone", "package g; public class Gone {}")
        .write(jar("f.jar"));
    dropEntry(jar("f.jar"), "g/Gone.class");
    TestJar.task("h", "h.h", "h.H", "").write(jar("h.jar"));
    overwriteEntry(jar("h.jar"), "h/H.class");
    hello().manifest("Plugin-Class", "hello.Gone").write(jar("i.jar"));
    PluginHost host = open();

    assertFails(host, "a.a", "a.jar", "declares the class a.Missing");
    assertFails(host, "b.b", "b.jar", "constructor of b.B throws", "deep");
    assertFails(host, "c.c", "c.jar", "cannot be linked", "NumberFormatException");
    assertFails(host, "d.d", "d.jar", "is no processor");
    assertFails(host, "e.e", "e.jar", "needs to be public");
    assertFails(host, "f.f", "f.jar", "g.Gone", "neither in the jar nor shared");
    assertFails(host, "h.h", "h.jar", "cannot be linked");
    assertFails(host, "hello.greet", "i.jar", "does not start");
    assertFails(host, "no.such", "no plugin has the processor `no.such`");
  }

  @Test
  void aFolderThatIsNotThereIsNamed() {
    assertThatExceptionOfType(PluginException.class)
        .isThrownBy(() -> PluginHost.open(temp.resolve("gone"), copies, null))
        .withMessageContaining("gone")
        .withMessageContaining("is not there");
  }

  private static TestJar hello() {
    return TestJar.task("hello", "hello.greet", "hello.Greet", "");
  }

  private PluginHost open() {
    PluginHost host = PluginHost.open(folder, copies, null);
    opened.add(host);
    return host;
  }

  private Path jar(String name) {
    return folder.resolve(name);
  }

  private static List<String> names(PluginHost host) {
    return host.catalog().processors().stream().map(ProcessorDeclaration::name).toList();
  }

  private static void assertFails(PluginHost host, String processor, String... parts) {
    assertThatExceptionOfType(PluginException.class)
        .isThrownBy(() -> host.processor(processor))
        .satisfies(failure -> assertThat(failure.getMessage()).contains(parts));
  }

  private static void dropEntry(Path jar, String name) throws IOException {
    try (var zip = FileSystems.newFileSystem(jar)) {
      Files.delete(zip.getPath(name));
    }
  }

  private static void overwriteEntry(Path jar, String name) throws IOException {
    try (var zip = FileSystems.newFileSystem(jar)) {
      Files.writeString(zip.getPath(name), "no class file");
    }
  }
}
