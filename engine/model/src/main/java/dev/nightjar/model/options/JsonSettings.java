package dev.nightjar.model.options;

import dev.nightjar.model.diagnostic.Place;
import dev.nightjar.model.diagnostic.Suggestions;
import dev.nightjar.model.options.OptionType.Choice;
import dev.nightjar.model.options.OptionType.ListOf;
import dev.nightjar.model.options.OptionType.MapOf;
import dev.nightjar.model.options.OptionType.Nested;
import dev.nightjar.model.options.OptionType.Simple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.DecimalNode;

/** Reads settings from JSON values, which expressions give in the run. */
record JsonSettings(Map<String, Duration> timeouts) {

  /**
   * The setting that a value makes.
   *
   * @throws Unfit when it does not fit
   */
  Setting read(OptionType type, JsonNode value, Place place) {
    return switch (type) {
      case Simple simple -> simple(simple, value, place);
      case Choice choice ->
          new Setting.Fixed(place, Values.choose(choice, value, text(value)), value);
      case ListOf list -> list(list, value, place);
      case MapOf map -> map(map, value, place);
      case Nested nested -> nested(nested, value, place);
    };
  }

  /**
   * A string as it is, anything else as JSON. What defaults are is written here: {@code toString}
   * makes Jackson's mapper, which takes longer than to read a workflow.
   */
  private static String text(JsonNode value) {
    if (value.isString()) {
      return value.stringValue();
    }
    if (value.isBoolean() || value.isInt() || value.isLong()) {
      return value.asString();
    }
    return value instanceof DecimalNode decimal
        ? decimal.decimalValue().toString()
        : value.toString();
  }

  private Setting simple(Simple type, JsonNode value, Place place) {
    return switch (type) {
      case EXPRESSION, RECORDS ->
          throw new Unfit(Values.words(type), "a computed value", "write it out");
      case TEMPLATE -> new Setting.ConstantText(place, text(value));
      default -> new Setting.Fixed(place, Values.read(type, value, text(value), timeouts), value);
    };
  }

  private Setting list(ListOf type, JsonNode value, Place place) {
    var items = new ArrayList<Setting>();
    for (JsonNode item : value.isArray() ? value : List.of(value)) {
      items.add(read(type.element(), item, place));
    }
    return new Setting.Items(place, items);
  }

  private Setting map(MapOf type, JsonNode value, Place place) {
    requireMap(type, value);
    var entries = new LinkedHashMap<String, Setting>();
    value.forEachEntry((name, one) -> entries.put(name, read(type.value(), one, place)));
    return new Setting.Entries(place, entries);
  }

  private Setting nested(Nested type, JsonNode value, Place place) {
    requireMap(type, value);
    List<String> names = type.options().stream().map(OptionDeclaration::name).toList();
    for (String name : value.propertyNames()) {
      if (!names.contains(name)) {
        String hint = Suggestions.nearest(name, names).orElse(null);
        throw new Unfit(
            Values.words(type), Unfit.quoted(name), hint == null ? null : "as in `" + hint + "`");
      }
    }
    var defaults = new Defaults(timeouts);
    List<RecordSetting.Slot> slots =
        type.options().stream()
            .map(option -> slot(option, value.path(option.name()), place, defaults))
            .toList();
    return new Setting.Inner(new RecordSetting(place, slots));
  }

  private RecordSetting.Slot slot(
      OptionDeclaration option, JsonNode value, Place place, Defaults defaults) {
    return value.isMissingNode() || value.isNull()
        ? new RecordSetting.Slot(option, null, defaults.of(option, place))
        : new RecordSetting.Slot(option, read(option.type(), value, place), null);
  }

  private static void requireMap(OptionType type, JsonNode value) {
    if (!value.isObject()) {
      String shown = Values.shown(value, text(value));
      throw new Unfit(Values.words(type), shown, null);
    }
  }
}
