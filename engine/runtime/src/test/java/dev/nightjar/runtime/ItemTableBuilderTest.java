package dev.nightjar.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.runtime.journal.Event;
import dev.nightjar.runtime.journal.Event.ItemColumn;
import dev.nightjar.runtime.journal.Event.ItemTable;
import dev.nightjar.runtime.journal.EventFormat;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ItemTableBuilderTest {

  private static final JsonMapper JSON = new JsonMapper();

  private static JsonNode json(String text) {
    return JSON.readTree(text.replace('\'', '"'));
  }

  @Test
  void namesAreThereOnceHoweverManyItemsPublishThem() {
    var builder = new ItemTableBuilder(json("{'a': {'x': 1, 'y': 2}, 'b': {}, 'c': {'z': 3}}"));

    assertThat(builder.add(4, json("{'a': {'x': 1, 'y': 2}, 'b': {}, 'c': {'z': 3}}"))).isTrue();
    assertThat(builder.add(5, json("{'a': {'x': 4, 'y': [5]}, 'c': {'z': null}}"))).isTrue();
    assertThat(builder.add(9, json("{'a': {'x': 6, 'y': 7}, 'b': {}, 'c': {'z': {}}}"))).isTrue();

    ItemTable table = builder.table();
    assertThat(table.columns())
        .containsExactly(
            new ItemColumn("a", "x"), new ItemColumn("a", "y"), new ItemColumn("c", "z"));
    assertThat(table.items()).containsExactly(new long[] {4, 5}, new long[] {9, 9});
    assertThat(table.values()).hasToString("[1, 2, 3, 4, [5], null, 6, 7, {}]");
  }

  @Test
  void anItemThatHasPublishedOtherNamesIsNotTaken() {
    var builder = new ItemTableBuilder(json("{'a': {'x': 1, 'y': 2}}"));

    assertThat(builder.add(0, json("{'a': {'x': 1}}"))).isFalse();
    assertThat(builder.add(0, json("{'a': {'x': 1, 'z': 2}}"))).isFalse();
    assertThat(builder.add(0, json("{'a': {'x': 1, 'y': 2}, 'b': {'y': 2}}"))).isFalse();
    assertThat(builder.add(0, json("{'b': {'x': 1, 'y': 2}}"))).isFalse();
    assertThat(builder.add(0, json("{}"))).isFalse();

    assertThat(builder.table().items()).isEmpty();
    assertThat(builder.table().values()).isEmpty();
  }

  @Test
  void whatWasWrittenIsKnownAgainByItem() {
    var first = new ItemTableBuilder(json("{'a': {'x': 1}, 'b': {'x': 2}}"));
    first.add(0, json("{'a': {'x': 10}, 'b': {'x': 'ä'}}"));
    first.add(2, json("{'a': {'x': 12}, 'b': {'x': {'deep': [1.25]}}}"));
    var second = new ItemTableBuilder(json("{'a': {}}"));
    second.add(1, json("{'a': {}}"));
    var event =
        new Event.ItemsEnded(
            Instant.EPOCH, "each", "steps", List.of(first.table(), second.table()));

    var past = new ItemsPast();
    past.add((Event.ItemsEnded) EventFormat.read(EventFormat.bytes(event)));

    assertThat(past.outputs(0)).hasToString("{\"a\":{\"x\":10},\"b\":{\"x\":\"ä\"}}");
    assertThat(past.outputs(1)).hasToString("{}");
    assertThat(past.outputs(2)).hasToString("{\"a\":{\"x\":12},\"b\":{\"x\":{\"deep\":[1.25]}}}");
    assertThat(past.outputs(3)).isNull();
  }
}
