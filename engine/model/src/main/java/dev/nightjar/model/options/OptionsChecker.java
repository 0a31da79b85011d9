package dev.nightjar.model.options;

import dev.nightjar.model.diagnostic.Diagnostic;
import dev.nightjar.model.diagnostic.Diagnostics;
import dev.nightjar.model.diagnostic.Place;
import dev.nightjar.model.expression.Type;
import dev.nightjar.model.yaml.YamlNode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Checks what stands under {@code with:} against a declaration, and maps that work alike. */
public final class OptionsChecker {

  private OptionsChecker() {}

  /**
   * Checks options; every mistake is noted.
   *
   * @param with the map under {@code with:}, or null when there is none
   * @param step where the step stands, for options that are missing
   * @param names the root names its expressions may use; {@code record} is added for those over
   *     records
   * @param timeouts the named durations
   * @return never null, so that checking can go on; not to be bound when there are mistakes
   */
  public static CheckedOptions check(
      ProcessorDeclaration processor,
      @Nullable YamlNode with,
      Place step,
      Map<String, Type> names,
      Map<String, Duration> timeouts,
      Diagnostics diagnostics) {
    var reader =
        new SettingReader(SettingReader.Names.of(names), timeouts, diagnostics, Vocabulary.OPTIONS);
    YamlNode.Mapping map = with instanceof YamlNode.Mapping written ? written : null;
    if (map == null && with != null && !isEmpty(with)) {
      diagnostics.error(
          Vocabulary.OPTIONS.unfit(),
          with.place(),
          "`with` takes a map of options, as in `with: {name: value}`");
    }
    String owner = "`" + processor.name() + "`";
    return new StepOptions(processor, reader.readRecord(owner, "", processor.options(), map, step));
  }

  private static boolean isEmpty(YamlNode node) {
    return node instanceof YamlNode.Scalar scalar && scalar.value().isNull();
  }

  /**
   * Checks a map of the language against a record that the engine knows, such as {@code retry:}
   * against {@link dev.nightjar.spi.RetryPolicy}.
   *
   * @param key the key whose value it is
   * @param shorthand the option that a single value stands for, as in {@code retry: 3}; null for
   *     none
   * @return null when there are mistakes, which are then noted
   */
  public static <R extends Record> @Nullable R checkRecord(
      Class<R> type,
      String key,
      YamlNode node,
      @Nullable String shorthand,
      Map<String, Duration> timeouts,
      Diagnostics diagnostics) {
    var mistakes = new Diagnostics();
    YamlNode.Mapping map = map(key, node, shorthand, mistakes);
    R record = map == null ? null : record(type, key, map, timeouts, mistakes);
    mistakes.sorted().forEach(diagnostics::add);
    return record;
  }

  private static YamlNode.@Nullable Mapping map(
      String key, YamlNode node, @Nullable String shorthand, Diagnostics mistakes) {
    if (node instanceof YamlNode.Mapping map) {
      return map;
    }
    if (node instanceof YamlNode.Scalar value && shorthand != null && !value.value().isNull()) {
      var entries = new LinkedHashMap<String, YamlNode.Entry>();
      entries.put(shorthand, new YamlNode.Entry(value, value));
      return new YamlNode.Mapping(value.place(), entries);
    }
    String takes = shorthand == null ? "a map" : "a map, or a value for `" + shorthand + "`";
    mistakes.error(Vocabulary.KEYS.unfit(), node.place(), "`" + key + "` takes " + takes);
    return null;
  }

  private static <R extends Record> @Nullable R record(
      Class<R> type,
      String key,
      YamlNode.Mapping map,
      Map<String, Duration> timeouts,
      Diagnostics mistakes) {
    String owner = "`" + key + "`";
    var reader = new SettingReader(SettingReader.Names.none(), timeouts, mistakes, Vocabulary.KEYS);
    RecordSetting setting =
        reader.readRecord(owner, owner, OptionDeclarations.of(type), map, map.place());
    if (mistakes.hasErrors()) {
      return null;
    }
    try {
      return setting.bind(type, OutsideRuns.BINDING);
    } catch (OptionFailure e) {
      Diagnostic found = e.diagnostic();
      mistakes.error(Vocabulary.KEYS.unfit(), found.place(), "`" + key + "`: " + found.message());
      return null;
    }
  }
}
