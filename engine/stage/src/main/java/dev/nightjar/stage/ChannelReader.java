package dev.nightjar.stage;

import dev.nightjar.spi.DataRecord;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** The records of a channel, one at a time. */
final class ChannelReader implements Iterator<DataRecord> {

  private final Channel channel;
  private @Nullable Batch batch;
  private int next;

  ChannelReader(Channel channel) {
    this.channel = channel;
  }

  /** Whether the next record is here, so that asking for it does not wait. */
  boolean ready() {
    return batch != null && next < batch.size();
  }

  @Override
  public boolean hasNext() {
    if (batch == null || next == batch.size()) {
      batch = channel.take();
      next = 0;
    }
    return batch != null;
  }

  @Override
  public DataRecord next() {
    Batch current = hasNext() ? batch : null;
    if (current == null) {
      throw new NoSuchElementException();
    }
    return current.get(next++);
  }
}
