package dev.nightjar.plugin.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChunksTest {

  private static final List<Integer> MANY = IntStream.range(0, 10_000).boxed().toList();

  @TempDir private Path folder;
  private Trial trial;

  @BeforeEach
  void begin() {
    trial = new Trial(folder);
  }

  @Test
  void resultsAreInTheOrderOfTheItemsHoweverManyThereAre() throws Exception {
    for (int size : new int[] {0, 1, 255, 256, 257, 10_000}) {
      List<Integer> items = MANY.subList(0, size);
      assertThat(Chunks.inOrder(items, trial, some -> some)).isEqualTo(items);
    }
    assertThat(Chunks.inOrder(MANY, trial, some -> some.stream().filter(i -> i % 3 == 0).toList()))
        .hasSize(3334)
        .isSorted();
  }

  @Test
  void resultsAreInOrderWhoeverIsDoneFirst() throws Exception {
    trial.atOnce = 4;
    var first = new CountDownLatch(1);
    List<Integer> results =
        Chunks.inOrder(
            MANY,
            trial,
            some -> {
              if (some.getFirst() == 0) {
                first.await();
              } else if (some.getFirst() >= 256) {
                first.countDown();
              }
              return some;
            });
    assertThat(results).isEqualTo(MANY);
  }

  @Test
  void theFirstFailureInTheOrderOfTheItemsIsTheOneThatIsTold() {
    trial.atOnce = 4;
    var later = new CountDownLatch(1);
    assertThatThrownBy(() ->
            Chunks.inOrder(
                MANY,
                trial,
                some -> {
                  for (int item : some) {
                    if (item == 1_000) {
                      later.countDown();
                      throw new IOException("item " + item);
                    } else if (item == 700) {
                      later.await();
                      throw new IOException("item " + item);
                    }
                  }
                  return some;
                }))
        .isInstanceOf(IOException.class)
        .hasMessage("item 700");
  }
}
