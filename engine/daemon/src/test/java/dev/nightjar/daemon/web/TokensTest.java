package dev.nightjar.daemon.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokensTest {

  private final SecureRandom random = new SecureRandom();
  @TempDir Path folder;

  private Path file() {
    return folder.resolve("tokens.json");
  }

  private Tokens open() {
    return Tokens.open(folder, random);
  }

  @Test
  void areMadeOnceForTheOwnerAlone() throws IOException {
    Tokens made = open();

    assertThat(made.of(Role.OPERATOR)).matches("nj_operator_[A-Za-z0-9_-]{43}");
    assertThat(made.role(made.of(Role.OPERATOR))).hasValue(Role.OPERATOR);
    assertThat(made.role("nj_operator_")).isEmpty();
    assertThat(made.role("")).isEmpty();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(file());
    }
    for (Role role : Role.values()) {
      assertThat(open().of(role)).isEqualTo(made.of(role));
    }
    assertThat(made.toString()).doesNotContain("nj_");
  }

  @Test
  void aSessionOutlivesTheProcessAndDiesWithItsToken() throws IOException {
    String session = open().session(Role.ADMIN);

    assertThat(open().sessionRole(session)).hasValue(Role.ADMIN);
    Files.delete(file());
    assertThat(open().sessionRole(session)).isEmpty();
  }

  @Test
  void eachIsAnother() {
    Tokens tokens = open();
    assertThat(Stream.of(Role.values()).map(tokens::of)).doesNotHaveDuplicates();
    assertThat(Tokens.draw(random).of(Role.ADMIN)).isNotEqualTo(tokens.of(Role.ADMIN));
  }

  @Test
  void aFileThatOthersCanReadIsRefused() throws IOException {
    open();
    for (String mode : List.of("rw-r-----", "rw----r--", "rwx------", "rw--w----")) {
      Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString(mode));
      assertThatThrownBy(this::open)
          .isInstanceOf(TokensException.class)
          .hasMessageContaining(file().toString())
          .hasMessageContaining("chmod 600");
    }
  }

  @Test
  void aFileThatIsNoneIsRefusedWithoutShowingIt() throws IOException {
    String token = open().of(Role.VIEWER);
    for (String text :
        List.of("", "{", "{\"viewer\": \"" + token, "{\"viewer\": \"" + token + "\"}", token)) {
      Files.writeString(file(), text);
      assertThatThrownBy(this::open)
          .isInstanceOf(TokensException.class)
          .hasMessageContaining("new")
          .hasMessageNotContaining(token)
          .hasNoCause();
    }
  }

  @Test
  void aLinkOrFolderIsRefused() throws IOException {
    open();
    Path elsewhere = Files.move(file(), folder.resolve("elsewhere"));
    Files.createSymbolicLink(file(), elsewhere);
    assertThatThrownBy(this::open).hasMessageContaining("no file of tokens");
    assertThatThrownBy(() -> Tokens.open(folder.resolve("none"), random))
        .hasMessageContaining("there is no folder");
  }

  @Test
  void manyAtOnceAgree() throws InterruptedException {
    var seen = ConcurrentHashMap.<String>newKeySet();
    List<Thread> threads =
        Stream.generate(() -> Thread.ofVirtual().unstarted(() -> seen.add(open().of(Role.ADMIN))))
            .limit(16)
            .toList();
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(seen).hasSize(1);
  }
}
