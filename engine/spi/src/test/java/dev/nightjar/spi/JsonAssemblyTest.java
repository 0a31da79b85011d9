package dev.nightjar.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Objects that are put together know where their members are. */
class JsonAssemblyTest {

  private static final List<String> NAMES = List.of("id", "customer", "customer_number", "név");

  private static final List<byte[]> QUOTED =
      NAMES.stream().map(name -> ("\"" + name + "\"").getBytes(StandardCharsets.UTF_8)).toList();

  // Always the same: where they lead is kept.
  private static final List<FieldPath> PATHS =
      NAMES.stream()
          .flatMap(outer ->
              Stream.concat(Stream.of(outer), NAMES.stream().map(inner -> outer + "." + inner)))
          .map(FieldPath::of)
          .toList();

  private final JsonAssembly out = new JsonAssembly();
  private final Random random = new Random(7);

  @Test
  void findsTheMembersOfObjectsThatAreAlikeAndOfOthers() {
    for (int i = 0; i < 2_000; i++) {
      out.begin();
      members(1);
      check(out.record(Origin.NONE));
    }
  }

  @Test
  void findsTheFirstOfTwoMembersWithOneNameWhenTheSecondIsTakenBack() {
    for (int i = 0; i < 3; i++) {
      out.begin();
      out.name(QUOTED.getFirst());
      out.number(7);
      out.takeBack(out.name(QUOTED.getFirst()));
      out.close();
      check(out.record(Origin.NONE));
    }
  }

  @Test
  void findsMembersWhoseNamesAreSpeltWithEscapes() {
    byte[] escaped = "\"\\u0069d\"".getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < 3; i++) {
      out.begin();
      out.name(escaped);
      out.number(7);
      out.close();
      check(out.record(Origin.NONE));
    }
  }

  @Test
  void findsWhatIsInAnObjectThatWasCopied() {
    byte[] json = "{\"v\":{\"id\":7}}".getBytes(StandardCharsets.UTF_8);
    DataRecord record = DataRecord.utf8(json, 0, json.length, Origin.NONE).parsed();
    for (int i = 0; i < 3; i++) {
      out.begin();
      out.name(QUOTED.get(1));
      out.value(record, FieldPath.of("v"));
      out.close();
      check(out.record(Origin.NONE));
    }
  }

  private static void check(DataRecord record) {
    DataRecord tree = DataRecord.utf8(record.toBytes(), 0, record.size(), Origin.NONE).parsed();
    tree = DataRecord.json(tree.json(), Origin.NONE);
    for (FieldPath path : PATHS) {
      assertThat(record.typeAt(path)).isEqualTo(tree.at(path).getNodeType());
      assertThat(record.at(path)).isEqualTo(tree.at(path));
    }
  }

  /** Of some that are begun, one in four is taken back, with what is in it. */
  private boolean members(int level) {
    for (byte[] name : QUOTED) {
      if (random.nextInt(6) == 0) {
        continue;
      }
      int before = out.name(name);
      if (!value(level)) {
        out.takeBack(before);
      }
    }
    return out.close();
  }

  private boolean value(int level) {
    return switch (random.nextInt(level < 4 ? 8 : 5)) {
      case 0 -> {
        out.none();
        yield true;
      }
      case 1, 2 -> {
        out.number(random.nextInt());
        yield true;
      }
      case 3 -> {
        out.text(DataRecord.text("ex\"ample", Origin.NONE));
        yield true;
      }
      case 4 -> false;
      default -> {
        out.open();
        yield members(level + 1);
      }
    };
  }
}
