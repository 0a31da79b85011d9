package dev.nightjar.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same bytes, the same rejects and the same reasons with every shortcut switched off as with
 * it: on lines by chance, good and bad, through the steps that have any.
 */
class FastPathsTest {

  private static final Path LAUNCHER =
      CommandLine.CLONE.resolve("cli/target/nightjar/bin/nightjar");

  private static final int LINES = 30_000;

  private static final String WORKFLOW =
      """
      name: fast
      steps:
        - {id: read, uses: file.read, with: {path: in.ndjson, split_size: 262144}}
        - {id: parse, uses: json.parse}
        - id: check
          uses: json.validate
          with:
            required: [id, customer.name]
            types: {id: string, customer.name: [string, "null"], n: [number, "null"], day: date}
        - id: some
          uses: json.select
          with:
            fields: [customer.name, id, customer.a.b, "a b"]
            as: {first: "items[0]", every: "items[*].id", nr: n}
        - {id: upper, uses: text.case, with: {to: upper, fields: [customer.name]}}
        - {id: write, uses: file.write, with: {path: out/good.ndjson}, rejects: {path: out/bad.ndjson}}

        - {id: again, uses: file.read, with: {path: in.ndjson}, needs: []}
        - {id: values, uses: json.parse}
        - {id: schema, uses: json.validate, with: {schema: schema.json}}
        - id: valid
          uses: file.write
          with: {path: out/valid.ndjson}
          rejects: {path: out/invalid.ndjson}

        - {id: objects, uses: file.read, with: {path: in.ndjson}, needs: []}
        - {id: records, uses: json.parse}
        - {id: whole, uses: json.select, with: {fields: [id, customer, items]}}
        - {id: inner, uses: text.case, with: {to: upper, fields: [customer.name]}}
        - id: inside
          uses: json.validate
          with: {required: [customer.name, "items[0]"], types: {customer.name: string}}
        - id: found
          uses: file.write
          with: {path: out/inside.ndjson}
          rejects: {path: out/not-inside.ndjson}

        - {id: lines, uses: file.read, with: {path: in.ndjson, skip_blank: true}, needs: []}
        - {id: trim, uses: text.trim}
        - {id: replace, uses: text.replace, with: {find: customer, replacement: client}}
        - {id: keep, uses: text.search, with: {patterns: [e, "ü", "客"]}}
        - {id: drop, uses: text.search, with: {mode: drop, patterns: [zzz, words of]}}
        - {id: search, uses: text.search, with: {mode: matches, patterns: [name, "ü", zz, tab]}}
        - {id: texts, uses: file.write, with: {path: out/texts.txt}, rejects: {path: out/no-texts.ndjson}}
      """;

  private static final String SCHEMA =
      """
      {"type": ["object", "integer"],
       "required": ["id", "n"],
       "properties": {
         "id": {"type": "string", "pattern": "^O-[0-9]*$", "maxLength": 7},
         "n": {"type": ["number", "null"], "multipleOf": 0.25},
         "customer": {"properties": {"name": {"$ref": "#/$defs/name"}}},
         "day": {"enum": ["2026-11-28", "2026-03-28", "2026-10-28", "2026-05-28"]},
         "items": {"type": "array", "minItems": 2, "prefixItems": [{"required": ["id"]}]}},
       "patternProperties": {"^a": {"not": {"type": "object"}}},
       "additionalProperties": false,
       "$defs": {"name": {"anyOf": [{"type": "string", "minLength": 1}, {"type": "null"}]}}}
      """;

  @TempDir Path folder;

  @Test
  void changeNothingButTheTime() throws Exception {
    byte[] lines = lines(new Random(5));

    SortedMap<String, String> fast = run("fast", lines, Map.of());
    SortedMap<String, String> plain =
        run("plain", lines, Map.of("NIGHTJAR_OPTS", "-Dnightjar.fast=off"));

    assertThat(plain).isEqualTo(fast);
    assertThat(fast.keySet())
        .containsExactly(
            "bad.ndjson",
            "good.ndjson",
            "inside.ndjson",
            "invalid.ndjson",
            "no-texts.ndjson",
            "not-inside.ndjson",
            "texts.txt",
            "valid.ndjson");
    fast.forEach((file, text) -> assertThat(text.lines().count()).as(file).isGreaterThan(100));
  }

  private SortedMap<String, String> run(String name, byte[] lines, Map<String, String> environment)
      throws IOException, InterruptedException {
    Path home = Files.createDirectory(folder.resolve(name));
    Files.write(home.resolve("in.ndjson"), lines);
    Files.writeString(home.resolve("workflow.yaml"), WORKFLOW);
    Files.writeString(home.resolve("schema.json"), SCHEMA);
    var builder = new ProcessBuilder(LAUNCHER.toString(), "run", "workflow.yaml", "-q");
    builder.environment().putAll(environment);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Path log = home.resolve("log");
    int code =
        builder
            .directory(home.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start()
            .waitFor();
    assertThat(code).as(Files.readString(log)).isZero();
    return FileTree.contents(home.resolve("out"));
  }

  private static byte[] lines(Random chance) {
    var all = new ByteArrayOutputStream();
    for (int i = 0; i < LINES; i++) {
      byte[] line = line(chance, i).getBytes(StandardCharsets.UTF_8);
      if (chance.nextInt(10) == 0 && line.length > 0) {
        spoil(line, chance);
      }
      all.writeBytes(line);
      all.write('\n');
    }
    return all.toByteArray();
  }

  /** One byte becomes another one, which no line ends with. */
  private static void spoil(byte[] line, Random chance) {
    byte odd = (byte) chance.nextInt(256);
    line[chance.nextInt(line.length)] = odd == '\n' ? (byte) '"' : odd;
  }

  private static String line(Random chance, int number) {
    return switch (chance.nextInt(12)) {
      case 0 -> "";
      case 1 -> " \t" + text(chance) + " ";
      case 2 -> number(chance);
      default -> order(chance, number);
    };
  }

  private static String order(Random chance, int number) {
    var line = new StringBuilder(blank(chance)).append('{');
    line.append("\"id\"%s:%s\"O-%d\"".formatted(blank(chance), blank(chance), number));
    if (chance.nextInt(20) > 0) {
      line.append(",\"customer\":{\"x\":%s,".formatted(number(chance)));
      line.append(chance.nextBoolean() ? "\"name\"" : "\"n\\u0061me\"");
      line.append(": ").append(value(chance)).append(blank(chance));
      if (chance.nextInt(3) == 0) {
        line.append(",\"a\":{\"b\" : [1, {\"c\":%s}]}".formatted(value(chance)));
      }
      line.append('}').append(blank(chance));
    }
    if (chance.nextInt(4) == 0) {
      line.append(",\"id\":\"twice\"");
    }
    line.append(",\"n\":").append(chance.nextInt(8) > 0 ? number(chance) : value(chance));
    if (chance.nextInt(5) == 0) {
      line.append(",\"day\":\"2026-%02d-28\"".formatted(1 + chance.nextInt(14)));
    }
    line.append(",\"a b\":").append(value(chance));
    line.append(",\"items\":[{\"id\":%s},%s]".formatted(value(chance), value(chance)));
    return line.append('}').append(blank(chance)).toString();
  }

  private static String value(Random chance) {
    return switch (chance.nextInt(8)) {
      case 0 -> "null";
      case 1 -> number(chance);
      case 2 -> "[]";
      case 3 -> "{\"b\":{}}";
      default -> '"' + text(chance) + '"';
    };
  }

  private static String text(Random chance) {
    String[] texts = {
      "",
      "x",
      "Straße 7 name",
      "Иван Петров",
      "田中 花子",
      "a\\tb\\u00e9\\\"",
      "tab \\ud83d\\ude00 zz",
      "ordinary words of some length, so that words are compared",
      "ß\u0130ŉ",
      "customer customer"
    };
    return texts[chance.nextInt(texts.length)];
  }

  private static String number(Random chance) {
    String[] numbers = {"0", "-0", "1.50", "1e5", "-2.5E-3", "12345678901234567890", "01", "1."};
    return numbers[chance.nextInt(numbers.length)];
  }

  private static String blank(Random chance) {
    return new String[] {"", "", "", " ", "\t", "  "}[chance.nextInt(6)];
  }
}
