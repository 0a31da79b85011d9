package dev.nightjar.model.expression;

import java.io.Writer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.BinaryNode;

/** Text that is put together from values, up to the largest that an expression builds. */
final class BoundedText extends Writer {

  private final StringBuilder text = new StringBuilder();

  /** A string as it is, null as nothing, bytes as the text they are, anything else as JSON. */
  void append(JsonNode value) {
    switch (value.getNodeType()) {
      case STRING -> write(value.stringValue());
      case NULL, MISSING -> {}
      case BINARY -> write(Conversions.utf8((BinaryNode) value));
      default -> JsonMapper.shared().writeValue(this, value);
    }
  }

  @Override
  public void write(String more) {
    Arithmetic.bound((long) text.length() + more.length());
    text.append(more);
  }

  @Override
  public void write(char[] characters, int offset, int length) {
    Arithmetic.bound((long) text.length() + length);
    text.append(characters, offset, length);
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}

  @Override
  public String toString() {
    return text.toString();
  }
}
