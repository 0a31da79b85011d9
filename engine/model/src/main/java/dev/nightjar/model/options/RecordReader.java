package dev.nightjar.model.options;

import dev.nightjar.model.diagnostic.Diagnostics;
import dev.nightjar.model.diagnostic.Place;
import dev.nightjar.model.diagnostic.Suggestions;
import dev.nightjar.model.yaml.YamlNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Checks a map against the options it may hold. */
record RecordReader(
    SettingReader values,
    Map<String, Duration> timeouts,
    Diagnostics diagnostics,
    Vocabulary words) {

  /**
   * The values of all options; of a map with mistakes, as much as can be read.
   *
   * @param owner what has the options, as messages call it
   * @param prefix what stands before an option's name in messages; empty for none
   * @param map null when nothing is given
   * @param place where missing options are noted
   */
  RecordSetting read(
      String owner,
      String prefix,
      List<OptionDeclaration> options,
      YamlNode.@Nullable Mapping map,
      Place place) {
    if (map != null) {
      noteUnknown(owner, options, map);
    }
    var missing = new ArrayList<String>();
    var slots = new ArrayList<RecordSetting.Slot>();
    for (OptionDeclaration option : options) {
      YamlNode node = map == null ? null : map.get(option.name());
      if (option.required() && node == null) {
        missing.add("`" + option.name() + "`");
      }
      slots.add(slot(option, inside(prefix, option.name()), node, place));
    }
    if (!missing.isEmpty()) {
      missing.removeAll(misspelt(options, map));
    }
    if (!missing.isEmpty()) {
      String noun = missing.size() == 1 ? words.noun() : words.noun() + "s";
      diagnostics.error(
          words.missing(), place, owner + " needs the " + noun + " " + listed(missing));
    }
    return new RecordSetting(map == null ? place : map.place(), slots);
  }

  /** What is there under another spelling is told of once, as unknown, and is not missing, too. */
  private static List<String> misspelt(
      List<OptionDeclaration> options, YamlNode.@Nullable Mapping map) {
    if (map == null) {
      return List.of();
    }
    List<String> names = options.stream().map(OptionDeclaration::name).toList();
    return map.entries().keySet().stream()
        .filter(name -> !names.contains(name))
        .flatMap(name -> Suggestions.nearest(name, names).stream())
        .map(name -> "`" + name + "`")
        .toList();
  }

  /** {@code `parts.size`}. */
  static String inside(String prefix, String name) {
    return prefix.endsWith("`")
        ? prefix.substring(0, prefix.length() - 1) + "." + name + "`"
        : "`" + name + "`";
  }

  private static String listed(List<String> names) {
    int last = names.size() - 1;
    return last == 0
        ? names.getFirst()
        : String.join(", ", names.subList(0, last)) + " and " + names.get(last);
  }

  private void noteUnknown(String owner, List<OptionDeclaration> options, YamlNode.Mapping map) {
    map.entries()
        .forEach((name, entry) -> {
          if (!isOne(name, options)) {
            List<String> names = options.stream().map(OptionDeclaration::name).toList();
            diagnostics.error(
                words.unknown(),
                entry.key().place(),
                owner + " has no " + words.noun() + " " + Unfit.quoted(name),
                Suggestions.hint(name, names, all(names)));
          }
        });
  }

  private static boolean isOne(String name, List<OptionDeclaration> options) {
    for (OptionDeclaration option : options) {
      if (option.name().equals(name)) {
        return true;
      }
    }
    return false;
  }

  private static String all(List<String> names) {
    return names.isEmpty()
        ? "it takes none"
        : "it takes " + names.stream().sorted().collect(Collectors.joining(", "));
  }

  private RecordSetting.Slot slot(
      OptionDeclaration option, String subject, @Nullable YamlNode node, Place place) {
    Setting given = node == null ? null : given(option, subject, node);
    boolean standardNeeded = given == null || given instanceof Setting.Computed;
    Setting standard = standardNeeded ? new Defaults(timeouts).of(option, place) : null;
    return new RecordSetting.Slot(option, given, standard);
  }

  private @Nullable Setting given(OptionDeclaration option, String subject, YamlNode node) {
    boolean empty = node instanceof YamlNode.Scalar scalar && scalar.value().isNull();
    return empty && !option.required() ? null : values.read(option, subject, node);
  }
}
