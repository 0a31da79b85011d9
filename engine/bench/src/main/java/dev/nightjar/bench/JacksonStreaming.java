package dev.nightjar.bench;

import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** The orders job with the tokens of Jackson's parser and its generator, in two threads. */
final class JacksonStreaming {

  private static final JsonFactory JSON = JsonFactory.builder().rootValueSeparator("").build();

  private final byte[] in;
  private final Bytes kept;
  private final Bytes rejected;
  private @Nullable String id;
  private @Nullable String name;

  /** As it was written. */
  private @Nullable String total;

  private JacksonStreaming(byte[] in, Bytes kept, Bytes rejected) {
    this.in = in;
    this.kept = kept;
    this.rejected = rejected;
  }

  /** Arguments: the orders, the file to write, the file for the lines that were set aside. */
  public static void main(String[] args) throws IOException, InterruptedException {
    LinePieces.run(args, (in, kept, rejected) -> new JacksonStreaming(in, kept, rejected)::lines);
  }

  private void lines(int from, int limit, int end) {
    try (JsonGenerator out = JSON.createGenerator(ObjectWriteContext.empty(), kept)) {
      int at = from;
      while (at < limit) {
        int lineEnd = LinePieces.lineEnd(in, at, end);
        if (read(at, lineEnd)) {
          write(out);
        } else {
          rejected.write(in, at, lineEnd - at);
          rejected.write('\n');
        }
        at = lineEnd + 1;
      }
    }
  }

  private boolean read(int from, int to) {
    id = name = total = null;
    try (JsonParser order = JSON.createParser(ObjectReadContext.empty(), in, from, to - from)) {
      if (order.nextToken() != JsonToken.START_OBJECT) {
        return false;
      }
      while (order.nextToken() != JsonToken.END_OBJECT) {
        member(order);
      }
      return order.nextToken() == null && id != null && name != null && total != null;
    } catch (JacksonException malformed) {
      return false;
    }
  }

  private void member(JsonParser order) {
    String key = order.currentName();
    JsonToken value = order.nextToken();
    switch (key) {
      case "id" -> id = value == JsonToken.VALUE_STRING ? order.getString() : null;
      case "total" -> total = value.isNumeric() ? order.getString() : null;
      case "customer" -> {
        name = null;
        if (value == JsonToken.START_OBJECT) {
          customer(order);
          return;
        }
      }
      default -> {}
    }
    order.skipChildren();
  }

  private void customer(JsonParser order) {
    while (order.nextToken() != JsonToken.END_OBJECT) {
      boolean isName = order.currentName().equals("name");
      JsonToken value = order.nextToken();
      if (isName) {
        name = value == JsonToken.VALUE_STRING ? order.getString() : null;
      }
      order.skipChildren();
    }
  }

  private void write(JsonGenerator out) {
    out.writeStartObject();
    out.writeStringProperty("id", id);
    out.writeObjectPropertyStart("customer");
    out.writeStringProperty("name", String.valueOf(name).toUpperCase(Locale.ROOT));
    out.writeEndObject();
    out.writeName("total");
    out.writeNumber(total);
    out.writeEndObject();
    out.writeRaw('\n');
  }
}
