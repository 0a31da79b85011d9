package dev.nightjar.plugin.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
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
  void theFirstFailureInTheOrderOfTheItemsIsTheOneThatIsTold() {
    var worked = new AtomicInteger();
    assertThatThrownBy(() ->
            Chunks.inOrder(
                MANY,
                trial,
                some -> {
                  worked.incrementAndGet();
                  for (int item : some) {
                    if (item == 700 || item == 9_000) {
                      throw new IOException("item " + item);
                    }
                  }
                  return some;
                }))
        .isInstanceOf(IOException.class)
        .hasMessage("item 700");
    assertThat(worked).as("nothing is done for nothing").hasValue(3);
  }
}
