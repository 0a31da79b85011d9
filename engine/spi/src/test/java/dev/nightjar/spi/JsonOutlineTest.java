package dev.nightjar.spi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What records have in common is found out, followed and given up. */
class JsonOutlineTest {

  /** More than it may take to give up. */
  private static final int MANY = 10_000;

  private static final FieldPath ID = FieldPath.of("id");
  private static final FieldPath NAME = FieldPath.of("customer.name");

  private final JsonScanner scanner = JsonScanner.ofMany();

  private @Nullable JsonNotes check(String json) {
    byte[] bytes = json.getBytes(UTF_8);
    return scanner.check(bytes, 0, bytes.length, true, "text");
  }

  private String at(String json, FieldPath path) {
    long range = notes(json).range(path);
    if (range < 0) {
      return range == JsonRange.NONE ? "none" : "unknown";
    }
    byte[] bytes = json.getBytes(UTF_8);
    int start = JsonRange.start(range);
    return new String(bytes, start, JsonRange.end(range) - start, UTF_8);
  }

  private JsonNotes notes(String json) {
    JsonNotes notes = check(json);
    assertThat(notes).isNotNull();
    return notes;
  }

  @Test
  void notesWhatWasLookedForInARecordBefore() {
    String json = "{\"id\":7,\"customer\":{\"name\":\"Ada\"}}";
    assertThat(at(json, NAME)).isEqualTo("unknown");
    assertThat(at(json, NAME)).isEqualTo("\"Ada\"");
    assertThat(at(json, ID)).isEqualTo("unknown");
    assertThat(at(json, ID)).isEqualTo("7");
    assertThat(at("{\"customer\":{},\"id\":{ \"a\":[] } }", ID)).isEqualTo("{ \"a\":[] }");
    assertThat(at("{\"customer\":{},\"id\":{ \"a\":[] } }", NAME)).isEqualTo("none");
  }

  @Test
  void forgetsWhatLiesInTheFirstOfTwoMembersWithOneName() {
    check("{}");
    notes("{}").range(NAME);
    for (int i = 0; i < 3; i++) {
      assertThat(at("{\"customer\":{\"name\":1},\"customer\":{\"id\":2}}", NAME)).isEqualTo("none");
      assertThat(at("{\"customer\":{\"name\":1},\"customer\":null}", NAME)).isEqualTo("none");
      assertThat(at("{\"customer\":{\"name\":1,\"name\":2}}", NAME)).isEqualTo("2");
    }
  }

  @Test
  void isNotReliedOnWhereANameThatIsLookedForIsSpeltWithAnEscape() {
    notes("{}").range(ID);
    for (int i = 0; i < 3; i++) {
      assertThat(check("{\"id\":1,\"\\u0069d\":2}")).isNull();
      assertThat(check("{\"id\":1,\"\\u0069d\":{},\"b\":2}")).isNull();
      assertThat(at("{\"id\":1,\"gr\\u00f6\\u00dfe\":{\"id\":2},\"b\":3}", ID)).isEqualTo("1");
    }
  }

  @Test
  void isGivenUpWhereANameIsLookedForThatWasSpeltWithAnEscape() {
    notes("{\"a\":{\"\\u0069d\":1}}").range(FieldPath.of("a.id"));
    assertThat(check("{\"a\":{\"id\":1}}")).isNull();
  }

  @Test
  void findsWhatHadNoPlaceWhenItWasFirstPassed() {
    var many = new ArrayList<String>();
    for (int i = 0; i < 300; i++) {
      many.add("\"n%d\":%d".formatted(i, i));
    }
    notes("{" + String.join(",", many) + "}");
    FieldPath outer = FieldPath.of("x");
    FieldPath inner = FieldPath.of("x.y");
    String json = "{\"n0\":1,\"x\":{\"y\":[]}}";
    notes(json);
    notes(json).range(outer);
    notes(json).range(inner);
    for (int i = 0; i < 3; i++) {
      assertThat(at(json, outer)).isEqualTo("{\"y\":[]}");
      assertThat(at(json, inner)).isEqualTo("[]");
    }
  }

  @Test
  void isFollowedWhereValuesAreOfDifferentKinds() {
    for (int i = 0; i < MANY; i++) {
      notes("{\"id\":1,\"customer\":null,\"total\":2}");
      notes("{\"id\":1,\"customer\":{\"name\":\"Ada\"},\"total\":2}");
      notes("{\"id\":1,\"customer\":[],\"total\":{}}");
      notes("{\"id\":1,\"customer\":[3,[4],\"x\"],\"total\":true}");
    }
  }

  @Test
  void isFollowedWhereNoRecordHasTheMembersOfTheOneBefore() {
    for (int i = 0; i < MANY; i++) {
      var members = new ArrayList<String>();
      for (int bit = 0; bit < 10; bit++) {
        if ((i >> bit & 1) == 1) {
          members.add("\"member %d\":%d".formatted(bit, i));
        }
      }
      notes("{" + String.join(",", members) + "}");
    }
  }

  @Test
  void isFollowedToTheEndOfAnArray() {
    for (int i = 0; i < MANY; i++) {
      notes("{\"id\":%d}".formatted(i));
      notes("[%d]".formatted(i));
    }
  }

  @Test
  void isFollowedAmongRecordsThatAreMalformed() {
    for (int i = 0; i < MANY; i++) {
      String json = "{\"id\":%d,\"customer\":{\"name\":\"Ada\"},\"total\":%d".formatted(i, i);
      assertThatThrownBy(() -> check(json))
          .isInstanceOf(Rejected.class)
          .hasMessageContaining("expected , or } but found the end");
      notes(json + "}");
    }
  }

  @Test
  void isGivenUpWhereNamesAreData() {
    for (int i = 0; i < MANY; i++) {
      check("{\"id %d\":{\"count\":%d}}".formatted(i, i));
    }
    assertThat(check("{}")).isNull();
  }

  @Test
  void isFollowedAroundNamesThatAreData() {
    FieldPath late = FieldPath.of("prices.sku 9999");
    for (int i = 0; i < MANY; i++) {
      String json =
          "{\"id\":%d,\"prices\":{\"sku %d\":%d,\"sku 9999\":[%d]},\"customer\":{\"name\":%d}}"
              .formatted(i, i, i, i, i);
      JsonNotes notes = notes(json);
      if (i == 2_000) {
        notes.range(NAME);
        notes.range(late);
      } else if (i > 2_000) {
        assertThat(at(json, NAME)).isEqualTo("" + i);
        assertThat(at(json, late)).isEqualTo("[" + i + "]");
      }
    }
  }

  @Test
  void knowsNoMoreThanTheFirstPathsThatAreLookedFor() {
    List<FieldPath> paths = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      paths.add(FieldPath.of("m" + i));
    }
    JsonNotes before = notes("{\"m3\":3}");
    paths.forEach(before::range);
    assertThat(at("{\"m3\":3}", paths.get(3))).isEqualTo("3");
    assertThat(at("{\"m3\":3}", paths.get(15))).isEqualTo("none");
    assertThat(at("{\"m3\":3}", paths.get(16))).isEqualTo("unknown");
  }

  @Test
  void checksTheSameBelowThePlacesItKnows() {
    for (int depth = 55; depth < 75; depth++) {
      String inside = "{\"a\":[".repeat(depth / 2);
      String outside = "]}".repeat(depth / 2);
      for (int i = 0; i < 3; i++) {
        assertThat(check(inside + "1,{\"b\":2}" + outside)).isNotNull();
        assertThat(reason(inside + "1,{\"b\":2}" + outside + "]"))
            .startsWith("something follows the value");
        assertThat(reason(inside + "1}" + outside)).contains("expected , or ] but found }");
      }
    }
  }

  @Test
  void closesWhatIsDeeperThanThePlacesItKnows() {
    String object = "{\"b\":0,\"a\":";
    String array = "[0,";
    String objects = object.repeat(66) + "1" + "}".repeat(66);
    String arrays = array.repeat(66) + "1" + "]".repeat(66);
    for (int i = 0; i < 4; i++) {
      for (String deep : List.of(objects, arrays)) {
        assertThat(check(array.repeat(4) + deep + "]".repeat(4))).isNotNull();
        assertThat(check(object.repeat(4) + deep + "}".repeat(4))).isNotNull();
        assertThat(reason(object.repeat(4) + deep + "]")).contains("expected , or } but found ]");
        assertThat(check(array.repeat(4) + deep + "]".repeat(4))).isNotNull();
        assertThat(reason(array.repeat(4) + deep + "}")).contains("expected , or ] but found }");
      }
    }
  }

  @Test
  void acceptsObjectsAndArraysThatAreEmptyAndWereNot() {
    for (int i = 0; i < 3; i++) {
      for (String tags : List.of("[1]", "[]", "[[2]]", "[[]]", "[{}]", "{}", "{\"a\":[]}", "[ ]")) {
        assertThat(check("{\"tags\":" + tags + "}")).isNotNull();
        assertThat(check("{\"id\":1,\"tags\":" + tags + ",\"b\":2}")).isNotNull();
        assertThat(check(tags)).isNotNull();
      }
    }
  }

  @Test
  void refusesWhatFollowsTheEndThatIsKnown() {
    for (String json : List.of("{\"id\":1}", "[1,2]", "{\"id\":{}} ", "7")) {
      for (int i = 0; i < 3; i++) {
        assertThat(check(json)).isNotNull();
        for (String more : List.of("x", "}", "]", ",", " 1", ",\"a\":1}", ",3]")) {
          assertThat(reason(json + more)).startsWith("something follows the value");
        }
      }
    }
  }

  @Test
  void tellsLongNamesApartThatDifferInTheMiddle() {
    check("{}");
    FieldPath path = FieldPath.of("a_name_of_many_bytes_in_a_row");
    notes("{}").range(path);
    for (int i = 0; i < 3; i++) {
      assertThat(at("{\"id\":1,\"a_name_of_many_bytes_in_a_row\":2}", path)).isEqualTo("2");
      assertThat(at("{\"id\":1,\"a_name_of_meny_bytes_in_a_row\":2}", path)).isEqualTo("none");
      assertThat(at("{\"id\":1,\"a_name_of_many_bytes_in_b_row\":2}", path)).isEqualTo("none");
    }
  }

  private String reason(String json) {
    try {
      check(json);
      return "";
    } catch (Rejected e) {
      return e.reason();
    }
  }

  @Test
  void isAskedByManyThreadsWhileItGrows() throws Exception {
    var parser = new RecordParser();
    var tasks = new ArrayList<Future<?>>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 2_000; i++) {
        byte[] json =
            "{\"id\":%d,\"customer\":{\"name\":\"%d\"},\"m%d\":1}"
                .formatted(i, i, i % 7)
                .getBytes(UTF_8);
        DataRecord record = parser.parse(DataRecord.utf8(json, 0, json.length, Origin.NONE));
        int wanted = i;
        tasks.add(
            threads.submit(() -> {
              assertThat(record.at(ID).longValue()).isEqualTo(wanted);
              assertThat(record.at(NAME).stringValue()).isEqualTo("" + wanted);
              JsonNode other = record.at(FieldPath.of("m" + wanted % 7));
              assertThat(other.longValue()).isEqualTo(1);
            }));
      }
    }
    for (Future<?> task : tasks) {
      task.get();
    }
  }
}
