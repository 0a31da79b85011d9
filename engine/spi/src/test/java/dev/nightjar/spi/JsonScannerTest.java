package dev.nightjar.spi;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

class JsonScannerTest {

  /** With our limit of depth, and none of another kind. */
  private static final JsonFactory ORACLE =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNestingDepth(JsonScanner.MAX_DEPTH).build())
          .build();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        " [ ] ",
        "0",
        "-0",
        "-1.5e+10",
        "1e999999999",
        "\"\"",
        "true",
        "null",
        "[1,[2,{}]]",
        "{\"a\":1,\"a\":2}",
        "\"\\ud83d\\ude00\\/\"",
        "\"\u007f\"",
        "\r\n\t 1 \r\n"
      })
  void acceptsEveryJsonValue(String json) {
    assertThatCode(() -> check(json)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"a":1 "b":2}   | malformed JSON at column 8: expected , or } but found "
          [1 2]           | malformed JSON at column 4: expected , or ] but found 2
          [1              | malformed JSON at column 3: expected , or ] but found the end
          {a:1}           | malformed JSON at column 2: expected a name in quotes or } but found a
          {"a":1,}        | malformed JSON at column 8: expected a name in quotes but found }
          {"a" 1}         | malformed JSON at column 6: expected : but found 1
          [1,]            | malformed JSON at column 4: expected a value but found ]
          01              | malformed JSON at column 1: a number that begins with 0
          -               | malformed JSON at column 2: expected a digit but found the end
          1.              | malformed JSON at column 3: expected a digit but found the end
          1e+             | malformed JSON at column 4: expected a digit but found the end
          NaN             | malformed JSON at column 1: expected a value but found N
          trux            | malformed JSON at column 4: expected true but found x
          ["äö", x]       | malformed JSON at column 8: expected a value but found x
          [€]             | malformed JSON at column 2: expected a value but found €
          "a              | malformed JSON at column 1: a string is not closed
          "\\x"           | malformed JSON at column 3: expected one of "\\/bfnrtu after \\ but found x
          "\\u12g4"       | malformed JSON at column 6: expected four hexadecimal digits after \\u but found g
          "\\ud800"       | malformed JSON at column 2: half a surrogate pair, which UTF-8 cannot express
          "\\ud800\\u0041" | malformed JSON at column 2: half a surrogate pair, which UTF-8 cannot express
          "x\\udc00"      | malformed JSON at column 3: half a surrogate pair, which UTF-8 cannot express
          {} {}           | something follows the value at column 4
          1,              | something follows the value at column 2
          """)
  void saysWhatIsWrongAndWhere(String json, String message) {
    assertThatThrownBy(() -> check(json)).isInstanceOf(Rejected.class).hasMessage(message);
  }

  @Test
  void saysWhatIsWrongWithWhatCannotBeSeen() {
    assertReason("", "the line is empty");
    assertReason(" \t", "the line is empty");
    assertReason("\ufeff{}", "malformed JSON at column 1: a byte order mark");
    assertReason(
        "\"a\u0000\"", "malformed JSON at column 3: the control character U+0000 in a string");
    assertReason("\u0000", "malformed JSON at column 1: expected a value but found U+0000");
    assertReason("\u00a01", "malformed JSON at column 1: expected a value but found \u00a0");
    assertReason(
        "{\n \"a\": 1,\n  x}",
        """
        malformed JSON at line 3, column 3: expected a name in quotes but found x\
        """);
    assertThatThrownBy(() -> check(new byte[] {'"', 'a', (byte) 0xC3, '"'}))
        .hasMessage("invalid UTF-8 at column 3");
  }

  @Test
  void takesThousandLevelsAndNoMore() {
    assertThatCode(() -> check("[".repeat(1000) + "]".repeat(1000))).doesNotThrowAnyException();
    assertThatCode(() -> check("{\"a\":[".repeat(500) + "]}".repeat(500)))
        .doesNotThrowAnyException();
    assertReason("[".repeat(1001), "nested deeper than 1000 levels at column 1001");
    assertReason("{\"a\":".repeat(100_000), "nested deeper than 1000 levels at column 5001");
  }

  @Test
  void remembersWhatEachLevelIs() {
    var chance = new Random(7);
    for (int round = 0; round < 50; round++) {
      var open = new StringBuilder();
      var close = new StringBuilder();
      for (int level = 0; level < 300; level++) {
        boolean object = chance.nextBoolean();
        open.append(object ? "{\"a\":" : "[");
        close.insert(0, object ? '}' : ']');
      }
      assertThatCode(() -> check(open + "1" + close)).doesNotThrowAnyException();
      int wrong = chance.nextInt(close.length());
      close.setCharAt(wrong, close.charAt(wrong) == '}' ? ']' : '}');
      assertThatThrownBy(() -> check(open + "1" + close)).hasMessageContaining("expected , or");
    }
  }

  @Test
  void judgesAsJacksonDoes() {
    var chance = new Random(42);
    var samples = new JsonSamples(chance);
    int accepted = 0;
    for (int round = 0; round < 120_000; round++) {
      byte[] json = line(round, samples, chance);
      boolean valid = isValid(json);
      accepted += valid ? 1 : 0;
      if (valid != oracleAccepts(json)) {
        fail(new String(json, ISO_8859_1) + " " + reason(json));
      }
    }
    assertThat(accepted).isBetween(30_000, 90_000);
  }

  /** In turn whole documents, those with mistakes, and what is made of the bytes that matter. */
  private static byte[] line(int round, JsonSamples samples, Random chance) {
    return switch (round % 8) {
      case 0 -> samples.document();
      case 1 -> samples.number();
      case 2 -> samples.string();
      case 3 -> samples.bytes(chance.nextInt(12));
      case 4 -> samples.withByte(samples.document(), (byte) chance.nextInt(256));
      default -> samples.mutated(samples.document());
    };
  }

  @Test
  void judgesDepthAsJacksonDoes() {
    var chance = new Random(43);
    for (int round = 0; round < 300; round++) {
      int levels = JsonScanner.MAX_DEPTH - 3 + chance.nextInt(7);
      var open = new StringBuilder();
      var close = new StringBuilder();
      for (int level = 0; level < levels; level++) {
        boolean object = chance.nextBoolean();
        open.append(object ? "{\"a\":" : "[");
        close.append(object ? '}' : ']');
      }
      byte[] json = (open + "1" + close.reverse()).getBytes(UTF_8);

      assertThat(isValid(json)).isEqualTo(levels <= JsonScanner.MAX_DEPTH);
      assertThat(isValid(json)).isEqualTo(oracleAccepts(json));
    }
  }

  @Test
  void judgesUtf8AsTheDecoderDoes() {
    var chance = new Random(3);
    int[] likely = {
      0x00, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1,
      0xEC, 0xED, 0xEE, 0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xFF
    };
    for (int round = 0; round < 200_000; round++) {
      byte[] bytes = new byte[chance.nextInt(14)];
      int from = bytes.length == 0 ? 0 : chance.nextInt(bytes.length);
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) (chance.nextBoolean() ? 0x41 : likely[chance.nextInt(likely.length)]);
      }
      assertThat(DataRecord.firstInvalidUtf8(bytes, from, bytes.length - from))
          .isEqualTo(firstInvalid(bytes, from));
    }
  }

  private static int firstInvalid(byte[] bytes, int from) {
    var in = ByteBuffer.wrap(bytes, from, bytes.length - from);
    var result =
        UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .decode(in, CharBuffer.allocate(bytes.length), true);
    return result.isError() ? in.position() : -1;
  }

  /** Jackson lets pass what is no UTF-8, in escapes or as bytes; the JDK tells what that is. */
  private static boolean oracleAccepts(byte[] json) {
    if (firstInvalid(json, 0) >= 0) {
      return false;
    }
    try (var parser = ORACLE.createParser(ObjectReadContext.empty(), new String(json, UTF_8))) {
      int depth = 0;
      do {
        JsonToken token = parser.nextToken();
        if (token == null || hasHalfPair(token, parser)) {
          return false;
        }
        depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
      } while (depth > 0);
      return parser.nextToken() == null;
    } catch (JacksonException e) {
      return false;
    }
  }

  private static boolean hasHalfPair(JsonToken token, JsonParser parser) {
    boolean text = token == JsonToken.VALUE_STRING || token == JsonToken.PROPERTY_NAME;
    return text
        && parser.getString().chars().anyMatch(c -> Character.isSurrogate((char) c))
        && !UTF_8.newEncoder().canEncode(parser.getString());
  }

  private static boolean isValid(byte[] json) {
    return reason(json).isEmpty();
  }

  private static String reason(byte[] json) {
    try {
      check(json);
      return "";
    } catch (Rejected e) {
      return e.reason();
    }
  }

  private static void assertReason(String json, String reason) {
    assertThatThrownBy(() -> check(json)).isInstanceOf(Rejected.class).hasMessage(reason);
  }

  private static void check(String json) {
    check(json.getBytes(UTF_8));
  }

  private static void check(byte[] json) {
    // In the middle of an array, so that an index out of the range is one out of place.
    byte[] padded = new byte[json.length + 20];
    Arrays.fill(padded, (byte) '"');
    System.arraycopy(json, 0, padded, 10, json.length);
    JsonScanner.ofOne().check(padded, 10, 10 + json.length, false, "line");
  }
}
