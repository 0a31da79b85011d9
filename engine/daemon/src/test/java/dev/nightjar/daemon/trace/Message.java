package dev.nightjar.daemon.trace;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A message of protocol buffers, its fields by number, read without knowing what they mean. */
final class Message {

  private final Map<Integer, List<Object>> fields = new HashMap<>();

  Message(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    while (in.hasRemaining()) {
      int tag = (int) varint(in);
      fields.computeIfAbsent(tag >>> 3, number -> new ArrayList<>()).add(value(tag & 7, in));
    }
  }

  private static Object value(int type, ByteBuffer in) {
    return switch (type) {
      case 0 -> varint(in);
      case 1 -> in.getLong();
      case 2 -> {
        byte[] value = new byte[(int) varint(in)];
        in.get(value);
        yield value;
      }
      case 5 -> (long) in.getInt();
      default -> throw new AssertionError("no field is of type " + type);
    };
  }

  private static long varint(ByteBuffer in) {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      byte next = in.get();
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
  }

  private List<Object> all(int field) {
    return fields.getOrDefault(field, List.of());
  }

  boolean has(int field) {
    return fields.containsKey(field);
  }

  List<Message> messages(int field) {
    return all(field).stream().map(value -> new Message((byte[]) value)).toList();
  }

  /** Empty for none. */
  byte[] bytes(int field) {
    return has(field) ? (byte[]) all(field).getFirst() : new byte[0];
  }

  String text(int field) {
    return new String(bytes(field), StandardCharsets.UTF_8);
  }

  /** 0 for none. */
  long number(int field) {
    return has(field) ? (long) all(field).getFirst() : 0;
  }
}
