package dev.nightjar.spi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.DoubleNode;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

class DataRecordTest {

  private static final Origin LINE_7 = new Origin("orders.ndjson", 7, 120);
  private static final JsonNode TRUE = BooleanNode.TRUE;

  @Test
  void looksForElementsOfARecordWhoseMembersAreKnown() {
    DataRecord nested = parsed("{\"\":{\"\":[7]}}", 0);
    assertThat(nested.at(FieldPath.of("x")).isMissingNode()).isTrue();
    assertThat(nested.at(FieldPath.of("[0]")).isMissingNode()).isTrue();

    DataRecord behind = parsed("[5,6]{\"id\":7}", 5);
    assertThat(behind.at(FieldPath.of("x")).isMissingNode()).isTrue();
    assertThat(behind.at(FieldPath.of("[1]")).isMissingNode()).isTrue();
  }

  private static DataRecord parsed(String text, int from) {
    byte[] bytes = text.getBytes(UTF_8);
    return DataRecord.utf8(bytes, from, bytes.length - from, Origin.NONE).parsed();
  }

  @Test
  void writesTheBytesItWasReadFrom() throws IOException {
    byte[] file = "xx{\"a\" : 1.00}\n".getBytes(UTF_8);
    var record = DataRecord.utf8(file, 2, 12, LINE_7).parsed();
    var out = new ByteArrayOutputStream();
    record.writeTo(out);
    assertThat(out).hasToString("{\"a\" : 1.00}");
    assertThat(record.toBytes()).asString(UTF_8).isEqualTo("{\"a\" : 1.00}");
    assertThat(record.size()).isEqualTo(12);
    assertThat(record.text()).isEqualTo("{\"a\" : 1.00}");
    assertThat(record.kind()).isEqualTo(Kind.JSON);
    assertThat(record.origin()).isEqualTo(LINE_7);
  }

  @Test
  void hasTextBytesAndValue() {
    var text = DataRecord.text("grün", LINE_7);
    assertThat(text.size()).isEqualTo(5);
    assertThat(text.json().stringValue()).isEqualTo("grün");
    assertThat(text.withText("x").origin()).isEqualTo(LINE_7);
    assertThat(text.withOrigin(Origin.NONE).text()).isEqualTo("grün");
    assertThat(DataRecord.bytes("grün".getBytes(UTF_8), 0, 5, LINE_7).text()).isEqualTo("grün");
    assertThat(json("[1,\"\\u00fc\"]").json().get(1).stringValue()).isEqualTo("ü");
  }

  @Test
  void refusesTextOfBytesThatAreNone() {
    var bytes = DataRecord.bytes(new byte[] {'a', 'b', (byte) 0xFF}, 1, 2, LINE_7);
    assertThatThrownBy(bytes::text)
        .isInstanceOf(Rejected.class)
        .hasMessage("invalid UTF-8 at byte 2");
    assertThatThrownBy(bytes::json).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(bytes::parsed).hasMessage("invalid UTF-8 at column 2");
    assertThat(bytes).hasToString("b\ufffd");
  }

  @Test
  void namesWhatIsEmpty() {
    assertThatThrownBy(() -> DataRecord.text(" ", LINE_7).parsed()).hasMessage("the line is empty");
    assertThatThrownBy(() -> DataRecord.text("", Origin.NONE).parsed())
        .hasMessage("the text is empty");
  }

  @Test
  void refusesToWriteHalfASurrogatePair() {
    assertThatThrownBy(() -> DataRecord.text("😀x\ud800", LINE_7).size())
        .isInstanceOf(Rejected.class)
        .hasMessage("half a surrogate pair at character 3, which UTF-8 cannot express");
    var tree = JsonNodeFactory.instance.objectNode().put("a", "\udc00");
    assertThatThrownBy(() -> DataRecord.json(tree, LINE_7).toBytes()).isInstanceOf(Rejected.class);
    assertThatThrownBy(() -> json("{}").with(path("a"), tree)).isInstanceOf(Rejected.class);
  }

  @Test
  void writesTreesAsJson() {
    var tree = JsonNodeFactory.instance.objectNode();
    tree.put("text", "a\"\\\b\f\n\r\t\u0001\u001fü😀/");
    tree.putArray("list").add(1).add(2.5).addNull().add(true).add(-7L);
    tree.putObject("empty");
    tree.putArray("none");
    var record = DataRecord.json(tree, LINE_7);
    assertThat(record.text()).isEqualTo(tree.toString());
    assertThat(DataRecord.text(record.text(), LINE_7).parsed().json()).hasToString(tree.toString());
  }

  @Test
  void refusesTreesWithoutAJsonForm() {
    assertThatThrownBy(() -> DataRecord.json(DoubleNode.valueOf(Double.NaN), LINE_7).text())
        .isInstanceOf(Rejected.class);
    JsonNode deep = IntNode.valueOf(1);
    for (int i = 0; i < 100_000; i++) {
      deep = JsonNodeFactory.instance.arrayNode().add(deep);
    }
    var record = DataRecord.json(deep, LINE_7);
    assertThatThrownBy(record::text).hasMessage("nested deeper than 1000 levels");
  }

  @Test
  void neverGrowsDeeperThanItCouldBeRead() {
    var record = json("[".repeat(999) + "]".repeat(999));
    var inner = json("{\"a\":[0]}");
    var deep = inner.with(path("a[0]"), json("[".repeat(998) + "]".repeat(998)).json());
    assertThat(deep.parsed().json().get("a").size()).isEqualTo(1);
    assertThatThrownBy(() -> inner.with(path("a[0]"), record.json())).isInstanceOf(Rejected.class);
  }

  @Test
  void looksAtOneField() {
    var record =
        json(
            "{\"id\" : 7, \"a\":{\"b\":[10, {\"c\":\"x\"},[] ]},\"a b\":null,\"\\u0061\":{\"z\":1}}");
    assertThat(record.at(path("id")).intValue()).isEqualTo(7);
    assertThat(record.at(path("a.z")).intValue()).isEqualTo(1);
    assertThat(record.at(path("a.b")).isMissingNode()).isTrue();
    assertThat(record.at(path("\"a b\"")).isNull()).isTrue();
    assertThat(record.at(path("id.x")).isMissingNode()).isTrue();
    assertThat(record.at(path("id[0]")).isMissingNode()).isTrue();
    assertThat(json("{\"i\":[{\"s\":1},{},{\"s\":3}]}").at(path("i[*].s"))).hasToString("[1,3]");
    assertThat(json("{}").at(path("i[*].s"))).hasToString("[]");
    assertThat(json("3").at(path("x")).isMissingNode()).isTrue();
    assertThat(DataRecord.text("x", LINE_7).at(path("x")).isMissingNode()).isTrue();
  }

  @Test
  void changesOneFieldAndLeavesTheOtherBytes() {
    var record = json(" { \"a\" : 1.0 ,\"b\":[ 1,2 , 3 ] } ");
    assertThat(record.with(path("a"), TRUE)).hasToString(" { \"a\" : true ,\"b\":[ 1,2 , 3 ] } ");
    assertThat(record.with(path("b[1]"), TRUE))
        .hasToString(" { \"a\" : 1.0 ,\"b\":[ 1,true , 3 ] } ");
    assertThat(record.with(path("b[*]"), TRUE))
        .hasToString(" { \"a\" : 1.0 ,\"b\":[ true,true , true ] } ");
    assertThat(record.with(path("c.\"d e\""), TRUE))
        .hasToString(" { \"a\" : 1.0 ,\"b\":[ 1,2 , 3 ],\"c\":{\"d e\":true} } ");
    assertThat(json("{ }").with(path("x"), TRUE)).hasToString("{\"x\":true }");
    assertThat(record.without(path("a"))).hasToString(" { \"b\":[ 1,2 , 3 ] } ");
    assertThat(record.without(path("b"))).hasToString(" { \"a\" : 1.0 } ");
    assertThat(record.without(path("b[2]"))).hasToString(" { \"a\" : 1.0 ,\"b\":[ 1,2 ] } ");
    assertThat(record.without(path("b[*]"))).hasToString(" { \"a\" : 1.0 ,\"b\":[  ] } ");
    assertThat(record.without(path("x"))).isSameAs(record);
    assertThat(json("{\"a\":1,\"b\":2,\"a\":3}").without(path("a"))).hasToString("{\"b\":2}");
    assertThat(record.map(path("b[*]"), n -> n.intValue() == 2 ? n : TRUE))
        .hasToString(" { \"a\" : 1.0 ,\"b\":[ true,2 , true ] } ");
    assertThat(record.map(path("x"), n -> TRUE)).isSameAs(record);
    assertThat(json("{\"a\":\"\\u0041\"}").map(path("a"), n -> StringNode.valueOf("A")))
        .hasToString("{\"a\":\"\\u0041\"}");
  }

  @Test
  void saysWhyAFieldCannotBeSet() {
    var record = json("{\"a\":\"text\",\"b\":[1]}");
    assertThatThrownBy(() -> record.with(path("a.x"), TRUE))
        .isInstanceOf(Rejected.class)
        .hasMessage("cannot set `a.x`: `a` is no object");
    assertThatThrownBy(() -> record.with(path("b[1]"), TRUE))
        .hasMessage("cannot set `b[1]`: `b` has no element 1");
    assertThatThrownBy(() -> record.with(path("b[0][*]"), TRUE))
        .hasMessage("cannot set `b[0][*]`: `b[0]` is no array");
    assertThatThrownBy(() -> record.with(path("c[0]"), TRUE))
        .hasMessage("cannot set `c[0]`: there is no `c`");
    assertThatThrownBy(() -> json("1").with(path("a"), TRUE))
        .hasMessage("cannot set `a`: the record is no object");
  }

  @Test
  void findsAndChangesAsATreeDoes() {
    var chance = new Random(11);
    var samples = new JsonSamples(chance);
    String[] paths = {
      "a",
      "b",
      "c",
      "\"a b\"",
      "ä",
      "a.b",
      "b.a",
      "a[0]",
      "b[1].a",
      "a[*]",
      "b[*].a",
      "[0]",
      "[*]",
      "[1].a",
      "\"x\\ny\".a",
      "a.b.c",
      "[*][*]"
    };
    for (int round = 0; round < 40_000; round++) {
      byte[] document = samples.document();
      var record = DataRecord.utf8(document, 0, document.length, LINE_7).parsed();
      var tree = DataRecord.utf8(document, 0, document.length, LINE_7).parsed().json();
      var path = path(paths[chance.nextInt(paths.length)]);
      var why = new String(document, UTF_8) + " at " + path;
      JsonNode value = JsonTrees.at(tree, path);
      assertThat(record.typeAt(path)).as(why).isEqualTo(value.getNodeType());
      assertThat(record.at(path)).as(why).isEqualTo(value);
      assertThat(record.typeAt(path)).as(why).isEqualTo(value.getNodeType());
      assertThat(copied(record, path)).as(why).isEqualTo(value);
      assertThat(texts(record, path)).as(why).isEqualTo(TreeOracle.texts(tree, path));

      var mapped = record.map(path, old -> TRUE);
      assertThat(reread(mapped)).as(why).isEqualTo(TreeOracle.map(tree.deepCopy(), path, TRUE));
      var without = record.without(path);
      assertThat(reread(without)).as(why).isEqualTo(TreeOracle.remove(tree.deepCopy(), path));
      if (!path.text().contains("[")) {
        assertThat(set(record, path)).as(why).isEqualTo(TreeOracle.set(tree.deepCopy(), path));
      }
    }
  }

  /** The field by way of an assembly, where it is found again two levels further in. */
  private static JsonNode copied(DataRecord record, FieldPath path) {
    var assembly = new JsonAssembly();
    assembly.begin();
    assembly.name("\"left\"".getBytes(UTF_8));
    assembly.open();
    assembly.begin();
    assembly.name("\"x\"".getBytes(UTF_8));
    assembly.none();
    assembly.name("\"o\"".getBytes(UTF_8));
    assembly.open();
    int before = assembly.name("\"v\"".getBytes(UTF_8));
    if (!assembly.value(record, path)) {
      assembly.takeBack(before);
    }
    assembly.close();
    assembly.name("\"y\"".getBytes(UTF_8));
    assembly.none();
    assembly.close();
    DataRecord made = assembly.record(LINE_7);
    JsonNode found = made.at(path("o.v"));
    assertThat(made.at(path("y")).isNull()).isTrue();
    assertThat(reread(made).at("/o/v")).isEqualTo(found);
    assertThat(reread(made).at("/y").isNull()).isTrue();
    return found;
  }

  private static Object texts(DataRecord record, FieldPath path) {
    try {
      return reread(record.mapText(path, DataRecordTest::more));
    } catch (Rejected e) {
      return e.reason();
    }
  }

  private static String more(String text) {
    return text + "\t\u0001\"\\ß€😀";
  }

  private static Object set(DataRecord record, FieldPath path) {
    try {
      return reread(record.with(path, TRUE));
    } catch (Rejected e) {
      return "rejected";
    }
  }

  /** The same operations as simple as can be. */
  private static final class TreeOracle {

    static Object set(JsonNode root, FieldPath path) {
      JsonNode at = root;
      for (int i = 0; i < path.parts().size(); i++) {
        if (!(at instanceof ObjectNode object)) {
          return "rejected";
        }
        String name = ((FieldPath.Part.Key) path.parts().get(i)).name();
        if (i == path.parts().size() - 1) {
          object.set(name, TRUE);
        } else if (!object.has(name)) {
          object.putObject(name);
        }
        at = object.get(name);
      }
      return root;
    }

    static JsonNode map(JsonNode at, FieldPath path, JsonNode value) {
      return change(at, path, 0, old -> value);
    }

    /** With more text in every string; or why not. */
    static Object texts(JsonNode root, FieldPath path) {
      List<JsonNode> found =
          path.text().contains("*")
              ? List.copyOf(JsonTrees.at(root, path).values())
              : List.of(JsonTrees.at(root, path));
      for (JsonNode one : found) {
        if (!one.isString() && !one.isNull() && !one.isMissingNode()) {
          String type = one.getNodeType().name().toLowerCase(Locale.ROOT);
          String article = type.equals("array") || type.equals("object") ? "an " : "a ";
          return "a string is expected, not " + article + type;
        }
      }
      return change(
          root.deepCopy(),
          path,
          0,
          one -> one.isString() ? StringNode.valueOf(more(one.stringValue())) : one);
    }

    static JsonNode remove(JsonNode at, FieldPath path) {
      return change(at, path, 0, old -> null);
    }

    private static JsonNode change(
        JsonNode at, FieldPath path, int depth, UnaryOperator<JsonNode> value) {
      if (depth == path.parts().size()) {
        return value.apply(at);
      }
      switch (path.parts().get(depth)) {
        case FieldPath.Part.Key key -> {
          if (at instanceof ObjectNode object && object.has(key.name())) {
            var changed = change(object.get(key.name()), path, depth + 1, value);
            if (changed == null) {
              object.remove(key.name());
            } else {
              object.set(key.name(), changed);
            }
          }
        }
        case FieldPath.Part.Index index -> {
          if (at instanceof ArrayNode array && array.has(index.index())) {
            put(array, index.index(), change(array.get(index.index()), path, depth + 1, value));
          }
        }
        case FieldPath.Part.Every every -> {
          if (at instanceof ArrayNode array) {
            for (int i = array.size() - 1; i >= 0; i--) {
              put(array, i, change(array.get(i), path, depth + 1, value));
            }
          }
        }
      }
      return at;
    }

    private static void put(ArrayNode array, int index, JsonNode value) {
      if (value == null) {
        array.remove(index);
      } else {
        array.set(index, value);
      }
    }
  }

  @Test
  void findsFieldsOfSmallAndLargeObjectsHoweverOftenAsked() {
    for (int members : new int[] {0, 1, 11, 12, 13, 127, 128, 129, 1000}) {
      var text = new StringBuilder(" {");
      for (int i = 0; i < members; i++) {
        text.append(i == 0 ? "" : " , ")
            .append("\"f\\u0030")
            .append(i / 2)
            .append("\" : ")
            .append(i);
      }
      var record = json(text + "}");
      for (int round = 0; round < 2; round++) {
        // Of two with one name the last counts.
        for (int i = 1; i < members; i += 2) {
          assertThat(record.at(path("f0" + i / 2)).intValue()).isEqualTo(i);
        }
        assertThat(record.at(path("f0" + members)).isMissingNode()).isTrue();
        assertThat(record.at(path("[0]")).isMissingNode()).isTrue();
      }
    }
  }

  private static JsonNode reread(DataRecord record) {
    byte[] bytes = record.toBytes();
    return DataRecord.bytes(bytes, 0, bytes.length, LINE_7).parsed().json();
  }

  private static DataRecord json(String json) {
    return DataRecord.text(json, LINE_7).parsed();
  }

  private static FieldPath path(String text) {
    return FieldPath.of(text);
  }
}
