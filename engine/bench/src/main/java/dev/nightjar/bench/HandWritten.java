package dev.nightjar.bench;

import java.io.IOException;

/**
 * The orders job as somebody would write it who needs this one job, fast, and nothing else: each
 * byte is looked at once, no tree is made, no string unless a name is not ASCII.
 */
final class HandWritten {

  private HandWritten() {}

  /** Arguments: the orders, the file to write, the file for the lines that were set aside. */
  public static void main(String[] args) throws IOException, InterruptedException {
    LinePieces.run(args, HandWritten::work);
  }

  private static LinePieces.Work work(byte[] in, Bytes kept, Bytes rejected) {
    var order = new HandWrittenOrder(in);
    return (from, limit, end) -> {
      int at = from;
      while (at < limit) {
        int lineEnd = LinePieces.lineEnd(in, at, end);
        if (order.scan(at, lineEnd)) {
          order.writeTo(kept);
        } else {
          rejected.write(in, at, lineEnd - at);
          rejected.write('\n');
        }
        at = lineEnd + 1;
      }
    };
  }
}
