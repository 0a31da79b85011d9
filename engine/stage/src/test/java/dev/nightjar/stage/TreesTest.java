package dev.nightjar.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

final class TreesTest {

  @Test
  void valuesBecomeWhatJacksonsMapperMakesOfThem() {
    List<Object> values =
        Arrays.asList(
            null,
            "",
            "text",
            true,
            false,
            0,
            Integer.MIN_VALUE,
            7L,
            Long.MAX_VALUE,
            (short) 7,
            1.5,
            new BigDecimal("1.50"),
            List.of(1, "a"),
            Map.of("a", 1L),
            Instant.EPOCH,
            JsonNodeFactory.instance.numberNode(3));

    assertThat(values)
        .allSatisfy(
            value -> assertThat(Trees.of(value)).isEqualTo(JsonMapper.shared().valueToTree(value)));
  }
}
