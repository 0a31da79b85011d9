package dev.nightjar.stage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.spi.DataRecord;
import dev.nightjar.spi.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ChannelTest {

  private final Channel channel = new Channel();

  @Test
  void handsOverEverythingInOrderAndNeverHoldsMoreThanAFew() throws Exception {
    var ahead = new AtomicInteger();
    var most = new AtomicInteger();
    Thread writer =
        Thread.ofVirtual()
            .start(() -> {
              for (int i = 0; i < 500; i++) {
                channel.put(batch(i));
                most.accumulateAndGet(ahead.incrementAndGet(), Math::max);
              }
              channel.finish();
            });
    List<String> read = new ArrayList<>();
    var reader = new ChannelReader(channel);
    while (reader.hasNext()) {
      ahead.decrementAndGet();
      read.add(reader.next().text());
    }
    writer.join();

    assertThat(read).isEqualTo(IntStream.range(0, 500).mapToObj(Integer::toString).toList());
    assertThat(most.get()).isLessThanOrEqualTo(6);
  }

  @Test
  void tellsAWriterThatNobodyReadsAnyMore() throws Exception {
    var refused = new AtomicInteger();
    Thread writer =
        Thread.ofVirtual()
            .start(() -> {
              while (channel.put(batch(0))) {
                refused.incrementAndGet();
              }
            });
    new ChannelReader(channel).next();
    channel.close();
    writer.join();

    assertThat(refused.get()).isBetween(1, 5);
  }

  @Test
  void endsForAReaderOfNothing() {
    channel.finish();

    assertThat(channel.take()).isNull();
    assertThat(channel.take()).isNull();
  }

  private static Batch batch(int number) {
    var batch = new Batch();
    batch.add(DataRecord.text(Integer.toString(number), Origin.NONE));
    return batch;
  }
}
