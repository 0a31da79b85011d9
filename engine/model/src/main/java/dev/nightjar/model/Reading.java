package dev.nightjar.model;

import dev.nightjar.model.diagnostic.Code;
import dev.nightjar.model.diagnostic.Diagnostics;
import dev.nightjar.model.diagnostic.Place;
import dev.nightjar.model.expression.Interpolation;
import dev.nightjar.model.expression.Type;
import dev.nightjar.model.options.Catalog;
import dev.nightjar.model.options.Durations;
import dev.nightjar.model.options.OptionsChecker;
import dev.nightjar.model.yaml.YamlNode;
import dev.nightjar.spi.RetryPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What all parts of the reader share while one file is read.
 *
 * @param timeouts named durations; those of the file are added before anything uses them
 */
record Reading(
    Path file, Catalog catalog, Map<String, Duration> timeouts, Diagnostics diagnostics) {

  static final Pattern WORKFLOW = Pattern.compile("[a-z][a-z0-9-]{0,62}");
  static final Pattern ID = Pattern.compile("[a-z][a-z0-9_]*");
  static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  /** Names that a hint lists before it stops being read. */
  private static final int LISTED = 12;

  void error(Code code, Place place, String message, String... hints) {
    diagnostics.error(code, place, message, hints);
  }

  /** The text of a name; null, and noted, when it has not the form. */
  @Nullable String name(YamlNode.Scalar scalar, Pattern form) {
    String text = scalar.text();
    if (form.matcher(text).matches()) {
      return text;
    }
    String hint =
        form == WORKFLOW
            ? "lower-case letters, digits and `-`, a letter first, at most 63"
            : form == ID
                ? "lower-case letters, digits and `_`, a letter first"
                : "letters, digits and `_`, no digit first";
    error(Code.BAD_NAME, scalar.place(), "`" + shortened(text) + "` cannot be a name here", hint);
    return null;
  }

  @Nullable Duration duration(YamlNode.Scalar scalar, String what) {
    try {
      Duration duration = Durations.parse(scalar.text(), timeouts);
      if (!duration.isNegative()) {
        return duration;
      }
      error(Code.BAD_VALUE, scalar.place(), what + " cannot be less than nothing");
    } catch (IllegalArgumentException e) {
      String hint =
          "write 500ms, 30s, 5m, 1h30m, PT30S, or a named one: " + list(timeouts.keySet());
      error(Code.BAD_VALUE, scalar.place(), what + ": " + e.getMessage(), hint);
    }
    return null;
  }

  /** What {@code retry:} says: how often, or all of a policy; null when nothing. */
  @Nullable RetryPolicy retry(Section section) {
    YamlNode node = section.value("retry");
    return node == null
        ? null
        : OptionsChecker.checkRecord(
            RetryPolicy.class, "retry", node, "max_attempts", timeouts, diagnostics);
  }

  /** A value with expressions anywhere in it; null when it has mistakes, which are then noted. */
  @Nullable ValueTemplate template(YamlNode node, Map<String, Type> names) {
    return switch (node) {
      case YamlNode.Scalar scalar -> template(scalar, names);
      case YamlNode.Sequence list -> {
        var items = new ArrayList<ValueTemplate>();
        for (YamlNode item : list.items()) {
          ValueTemplate one = template(item, names);
          if (one != null) {
            items.add(one);
          }
        }
        yield new ValueTemplate.Items(List.copyOf(items));
      }
      case YamlNode.Mapping map -> {
        var fields = new LinkedHashMap<String, ValueTemplate>();
        map.entries()
            .forEach((key, entry) -> {
              ValueTemplate one = template(entry.value(), names);
              if (one != null) {
                fields.put(key, one);
              }
            });
        yield new ValueTemplate.Fields(fields);
      }
    };
  }

  private @Nullable ValueTemplate template(YamlNode.Scalar scalar, Map<String, Type> names) {
    if (!scalar.value().isString()) {
      return new ValueTemplate.Constant(scalar.value());
    }
    Interpolation text = interpolation(scalar, names);
    return text == null ? null : new ValueTemplate.Text(text);
  }

  @Nullable Interpolation interpolation(YamlNode.Scalar scalar, Map<String, Type> names) {
    return Interpolation.compile(scalar.text(), scalar.locator(), names, diagnostics);
  }

  /** Names for a hint. */
  static String list(Collection<String> names) {
    List<String> sorted = List.copyOf(new TreeSet<>(names));
    String joined = String.join(", ", sorted.subList(0, Math.min(LISTED, sorted.size())));
    return sorted.size() > LISTED ? joined + ", …" : sorted.isEmpty() ? "none" : joined;
  }

  static String shortened(String text) {
    return text.length() > 60 ? text.substring(0, 60) + "…" : text;
  }
}
