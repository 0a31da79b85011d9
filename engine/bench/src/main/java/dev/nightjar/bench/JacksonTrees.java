package dev.nightjar.bench;

import java.io.IOException;
import java.util.Locale;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The orders job with a tree of Jackson's for each line, in two threads. */
final class JacksonTrees {

  /** Numbers keep their digits, as the other programs keep them. */
  static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private JacksonTrees() {}

  /** Arguments: the orders, the file to write, the file for the lines that were set aside. */
  public static void main(String[] args) throws IOException, InterruptedException {
    LinePieces.run(args, JacksonTrees::work);
  }

  private static LinePieces.Work work(byte[] in, Bytes kept, Bytes rejected) {
    return (from, limit, end) -> {
      int at = from;
      while (at < limit) {
        int lineEnd = LinePieces.lineEnd(in, at, end);
        if (!keep(in, at, lineEnd, kept)) {
          rejected.write(in, at, lineEnd - at);
          rejected.write('\n');
        }
        at = lineEnd + 1;
      }
    };
  }

  private static boolean keep(byte[] in, int from, int to, Bytes kept) {
    JsonNode order;
    try {
      order = JSON.readTree(in, from, to - from);
    } catch (JacksonException malformed) {
      return false;
    }
    if (!isOrder(order)) {
      return false;
    }
    kept.write(JSON.writeValueAsBytes(selected(order)));
    kept.write('\n');
    return true;
  }

  /** What is kept of an order. */
  static ObjectNode selected(JsonNode order) {
    ObjectNode selected = JSON.createObjectNode();
    selected.set("id", order.get("id"));
    String name = order.path("customer").path("name").stringValue();
    selected.putObject("customer").put("name", name.toUpperCase(Locale.ROOT));
    selected.set("total", order.get("total"));
    return selected;
  }

  /** Whether it has an id, a customer's name and a total of the right types. */
  static boolean isOrder(JsonNode order) {
    return order.path("id").isString()
        && order.path("customer").path("name").isString()
        && order.path("total").isNumber();
  }
}
