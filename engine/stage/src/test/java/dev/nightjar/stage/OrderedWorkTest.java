package dev.nightjar.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightjar.spi.Cancelled;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class OrderedWorkTest {

  private static final List<Integer> ITEMS = IntStream.range(0, 200).boxed().toList();

  private final Attempt attempt = new Attempt();

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void handsOverInTheOrderOfTheItems(int limit) throws Exception {
    var results = new ArrayList<Long>();

    OrderedWork.run(attempt, ITEMS, limit, (item, index) -> item * 1000 + index, results::add);

    assertThat(results).isEqualTo(ITEMS.stream().map(item -> item * 1001L).toList());
  }

  @Test
  void handsOverResultsThatAreNull() throws Exception {
    var results = new ArrayList<@org.jspecify.annotations.Nullable Object>();

    OrderedWork.<Integer, @org.jspecify.annotations.Nullable Object>run(
        attempt, List.of(1, 2, 3), 2, (item, index) -> null, results::add);

    assertThat(results).containsExactly(null, null, null);
  }

  @Test
  void takesNoMoreThanAFewItemsAheadOfTheOldest() throws Exception {
    var last = new CountDownLatch(1);
    var taken = new AtomicInteger();
    var most = new AtomicInteger();
    Iterable<Integer> items =
        () ->
            ITEMS.stream()
                .peek(item -> {
                  most.set(Math.max(most.get(), taken.incrementAndGet()));
                  if (item == 7) {
                    last.countDown();
                  }
                })
                .iterator();

    OrderedWork.run(
        attempt,
        items,
        2,
        (item, index) -> {
          if (index == 0) {
            last.await();
            assertThat(taken.get()).isLessThanOrEqualTo(9);
          }
          return item;
        },
        result -> taken.decrementAndGet());

    assertThat(most.get()).isLessThanOrEqualTo(9);
  }

  @Test
  void tellsTheFailureAndNotWhatComesOfInterruptingTheOthers() {
    var both = new CountDownLatch(2);

    assertThatThrownBy(() ->
            OrderedWork.run(
                attempt,
                ITEMS,
                2,
                (item, index) -> {
                  both.countDown();
                  both.await();
                  if (index == 1) {
                    throw new IOException("the reason");
                  }
                  try {
                    new CountDownLatch(1).await();
                  } catch (InterruptedException e) {
                    throw new IOException("closed by interrupt");
                  }
                  return item;
                },
                result -> {}))
        .isInstanceOf(IOException.class)
        .hasMessage("the reason");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void handsOverNothingAfterAFailure(int limit) {
    List<Integer> results = Collections.synchronizedList(new ArrayList<>());

    assertThatThrownBy(() ->
            OrderedWork.run(
                attempt,
                ITEMS,
                limit,
                (item, index) -> item,
                result -> {
                  if (result == 50) {
                    throw new IllegalStateException("full");
                  }
                  results.add(result);
                }))
        .hasMessage("full");
    assertThat(results).isEqualTo(ITEMS.subList(0, 50));
  }

  @Test
  void stopsWithItsAttempt() throws Exception {
    var working = new CountDownLatch(3);
    var thrown = new AtomicReference<Throwable>();
    var interrupted = new AtomicInteger();
    Thread caller =
        Thread.ofVirtual()
            .start(() -> {
              try {
                attempt.join(() -> {
                  try {
                    OrderedWork.run(
                        attempt,
                        ITEMS,
                        3,
                        (item, index) -> {
                          working.countDown();
                          try {
                            new CountDownLatch(1).await();
                          } finally {
                            interrupted.incrementAndGet();
                          }
                          return item;
                        },
                        result -> {});
                  } catch (Exception e) {
                    thrown.set(e);
                  }
                });
              } finally {
                attempt.end();
              }
            });
    working.await();
    attempt.stop("cancelled");
    caller.join();

    assertThat(thrown.get()).isInstanceOf(Cancelled.class);
    assertThat(interrupted.get()).isEqualTo(3);
  }
}
