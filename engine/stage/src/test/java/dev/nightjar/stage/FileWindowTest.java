package dev.nightjar.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileWindowTest {

  private static final int SIZE = 1_500_000;

  @TempDir Path folder;

  @Test
  void readsWhatIsThereWhereverItGoes() throws IOException {
    var chance = new Random(3);
    byte[] all = new byte[SIZE];
    chance.nextBytes(all);
    Path file = Files.write(folder.resolve("file"), all);
    try (var window = new FileWindow(file)) {
      int at = 0;
      for (int round = 0; round < 20_000; round++) {
        if (chance.nextInt(3) == 0) {
          int near = at + chance.nextInt(200_000) - 100_000;
          at = chance.nextInt(50) == 0 ? chance.nextInt(SIZE + 1) : Math.clamp(near, 0, SIZE);
          window.seek(at);
        }
        assertThat(window.position()).isEqualTo(at);
        int length = chance.nextInt(20) == 0 ? chance.nextInt(600_000) : chance.nextInt(400);
        byte[] read = window.readNBytes(length);
        int end = Math.min(SIZE, at + length);
        assertThat(Arrays.equals(read, Arrays.copyOfRange(all, at, end))).isTrue();
        at = end;
        int next = window.read();
        assertThat(next).isEqualTo(at == SIZE ? -1 : all[at] & 0xff);
        at = Math.min(SIZE, at + 1);
      }
    }
  }

  @Test
  void anEmptyFileHasNothing() throws IOException {
    try (var window = new FileWindow(Files.createFile(folder.resolve("empty")))) {
      assertThat(window.read()).isEqualTo(-1);
      window.seek(0);
      assertThat(window.readAllBytes()).isEmpty();
    }
  }
}
