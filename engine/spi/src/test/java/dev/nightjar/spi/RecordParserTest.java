package dev.nightjar.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeType;

/** Records that are parsed one after the other are the same as those that are parsed alone. */
class RecordParserTest {

  /** Of common lengths, one longer than a word, and one that is the beginning of another. */
  private static final List<String> NAMES =
      List.of("a", "id", "ids", "customer", "customer_number", "név", "quo\\\"te", "\\u0061", "");

  private static final List<FieldPath> PATHS = paths();

  private final Random random = new Random(20261128);
  private List<String> names = NAMES;

  private static List<FieldPath> paths() {
    List<String> keys =
        List.of("a", "id", "ids", "customer", "customer_number", "név", "\"quo\\\"te\"");
    List<FieldPath> paths = new ArrayList<>();
    for (String outer : keys) {
      paths.add(FieldPath.of(outer));
      for (String inner : keys) {
        paths.add(FieldPath.of(outer + "." + inner));
        paths.add(FieldPath.of(outer + "." + inner + ".id"));
        paths.add(FieldPath.of(outer + "." + inner + ".id.a"));
      }
    }
    return paths;
  }

  @Test
  void findsTheFieldsThatRecordsHaveAlone() {
    var parser = new RecordParser();
    for (int i = 0; i < 3_000; i++) {
      check(parser, object(0));
    }
  }

  @Test
  void tellsRecordsApartThatAreNearlyAlike() {
    names = List.of("a", "id", "customer_number");
    for (int i = 0; i < 300; i++) {
      var parser = new RecordParser();
      for (int j = 0; j < 40; j++) {
        check(parser, object(2));
      }
    }
  }

  @Test
  void findsThemWhereNamesAreData() {
    var parser = new RecordParser();
    for (int i = 0; i < 6_000; i++) {
      check(parser, "{\"n%d\":%d,\"customer\":{\"id\":%d},\"id\":null}".formatted(i, i, i));
    }
    for (int i = 0; i < 100; i++) {
      check(parser, object(0));
    }
  }

  @Test
  void takesTheLastOfTwoMembersWithOneName() {
    var parser = new RecordParser();
    for (int i = 0; i < 3; i++) {
      check(parser, "{\"id\":1,\"id\":{\"a\":2},\"customer\":{\"id\":3,\"id\":4}}");
      check(parser, "{\"id\":1,\"\\u0069d\":\"x\"}");
    }
  }

  @Test
  void refusesTheSameWithTheSameWords() {
    var parser = new RecordParser();
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = object(0).getBytes(StandardCharsets.UTF_8);
      bytes[random.nextInt(bytes.length)] = (byte) "\"{}[]:, \\x1\n".charAt(random.nextInt(12));
      int length = random.nextInt(8) == 0 ? random.nextInt(bytes.length) : bytes.length;
      DataRecord record = DataRecord.bytes(bytes, 0, length, Origin.NONE);
      DataRecord alone = DataRecord.bytes(bytes, 0, length, Origin.NONE);
      assertThat(reason(() -> parser.parse(record))).isEqualTo(reason(alone::parsed));
    }
  }

  private static String reason(Runnable parse) {
    try {
      parse.run();
      return "";
    } catch (Rejected e) {
      return e.reason();
    }
  }

  private static void check(RecordParser parser, String json) {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    DataRecord record = parser.parse(DataRecord.utf8(bytes, 0, bytes.length, Origin.NONE));
    DataRecord tree = DataRecord.json(record.json(), Origin.NONE);
    // Not the same one: that has its tree now.
    record = parser.parse(DataRecord.utf8(bytes, 0, bytes.length, Origin.NONE));
    for (FieldPath path : PATHS) {
      JsonNodeType type = tree.at(path).getNodeType();
      assertThat(record.typeAt(path)).as("%s of %s", path, json).isEqualTo(type);
      assertThat(record.at(path)).as("%s of %s", path, json).isEqualTo(tree.at(path));
    }
  }

  /** One of some members that most have, in an order that most have. */
  private String object(int level) {
    var members = new ArrayList<String>();
    for (String name : names) {
      if (random.nextInt(5) > 0) {
        members.add(
            space() + "\"" + name + "\"" + space() + ":" + space() + value(level) + space());
      }
    }
    if (random.nextInt(10) == 0) {
      java.util.Collections.shuffle(members, random);
    }
    if (random.nextInt(10) == 0 && !members.isEmpty()) {
      members.add(members.getFirst());
    }
    return "{" + String.join(",", members) + "}";
  }

  private String space() {
    return random.nextInt(20) == 0 ? " " : "";
  }

  private String array(int level) {
    var elements = new ArrayList<String>();
    int count = random.nextInt(3);
    for (int i = 0; i < count; i++) {
      elements.add(space() + value(level + 2) + space());
    }
    return "[" + (count == 0 ? space() : "") + String.join(",", elements) + "]";
  }

  private String value(int level) {
    return switch (random.nextInt(level < 4 ? 10 : 4)) {
      case 0 -> "null";
      case 1 -> "-1.5e3";
      case 2 -> "\"text, \\\"quoted\\\": {}\"";
      case 3 -> "true";
      case 4 -> "[1,{\"id\":2},[]]";
      case 5 -> "{}";
      case 6, 7 -> array(level);
      default -> object(level + 2);
    };
  }
}
