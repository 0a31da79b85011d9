package dev.nightjar.model.options;

import dev.nightjar.model.diagnostic.Code;
import dev.nightjar.model.diagnostic.Diagnostics;
import dev.nightjar.model.diagnostic.Locator;
import dev.nightjar.model.diagnostic.Place;
import dev.nightjar.model.expression.CompiledExpression;
import dev.nightjar.model.expression.ExpressionCompiler;
import dev.nightjar.model.expression.Interpolation;
import dev.nightjar.model.expression.Type;
import dev.nightjar.model.options.OptionType.Choice;
import dev.nightjar.model.options.OptionType.ListOf;
import dev.nightjar.model.options.OptionType.MapOf;
import dev.nightjar.model.options.OptionType.Nested;
import dev.nightjar.model.options.OptionType.Simple;
import dev.nightjar.model.yaml.YamlNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads settings from YAML and notes what does not fit. */
final class SettingReader {

  private static final String OPENING = "${{";

  /** An expression over records that was written in the braces it does not need. */
  private static final Pattern IN_BRACES =
      Pattern.compile("\\s*\\$\\{\\{(.*)\\}\\}\\s*", Pattern.DOTALL);

  private final Names names;
  private final Map<String, Duration> timeouts;
  private final Diagnostics diagnostics;
  private final Vocabulary words;

  SettingReader(
      Names names, Map<String, Duration> timeouts, Diagnostics diagnostics, Vocabulary words) {
    this.names = names;
    this.timeouts = timeouts;
    this.diagnostics = diagnostics;
    this.words = words;
  }

  /**
   * The names that expressions may use.
   *
   * @param inRun null where the value is needed before the run and takes no expressions
   */
  record Names(@Nullable Map<String, Type> inRun) {

    static Names of(Map<String, Type> names) {
      return new Names(names);
    }

    static Names none() {
      return new Names(null);
    }

    /** What expressions over records may use. */
    Map<String, Type> overRecords() {
      Map<String, Type> all = inRun == null ? new LinkedHashMap<>() : new LinkedHashMap<>(inRun);
      all.put("record", Type.ANY);
      return all;
    }
  }

  /**
   * The setting of an option.
   *
   * @param subject the option as messages call it
   * @return null when there are mistakes, which are then noted
   */
  @Nullable Setting read(OptionDeclaration option, String subject, YamlNode node) {
    return new OneOption(option, subject).read(option.type(), node);
  }

  /** Checks a map of options; of one with mistakes, as much as can be read. */
  RecordSetting readRecord(
      String owner,
      String prefix,
      List<OptionDeclaration> options,
      YamlNode.@Nullable Mapping map,
      Place place) {
    return new RecordReader(this, timeouts, diagnostics, words)
        .read(owner, prefix, options, map, place);
  }

  /** One option with all inside it. */
  private final class OneOption {

    private final OptionDeclaration option;
    private final String subject;

    OneOption(OptionDeclaration option, String subject) {
      this.option = option;
      this.subject = subject;
    }

    @Nullable Setting read(OptionType type, YamlNode node) {
      return switch (type) {
        case ListOf list -> list(list, node);
        case MapOf map -> map(map, node);
        case Nested nested -> nested(nested, node);
        case Choice choice -> choice(choice, node);
        case Simple simple -> simple(simple, node);
      };
    }

    private @Nullable Setting simple(Simple type, YamlNode node) {
      return switch (type) {
        case JSON -> json(node);
        case EXPRESSION, TEMPLATE, RECORDS -> overRecords(type, node);
        default -> scalar(type, node);
      };
    }

    private @Nullable Setting scalar(Simple type, YamlNode node) {
      if (!(node instanceof YamlNode.Scalar scalar)) {
        return unfit(type, node);
      }
      if (scalar.text().contains(OPENING)) {
        return computed(type, scalar);
      }
      return fixed(scalar, () -> Values.read(type, checked(type, scalar), scalar.text(), timeouts));
    }

    /** What text takes is what was written, but nothing is not text. */
    private static JsonNode checked(OptionType type, YamlNode.Scalar scalar) {
      if (scalar.value().isNull()) {
        throw new Unfit(Values.words(type), "null", "write \"\" for an empty text");
      }
      return scalar.value();
    }

    private @Nullable Setting fixed(YamlNode.Scalar scalar, Supplier<Object> value) {
      try {
        return new Setting.Fixed(scalar.place(), value.get(), scalar.value());
      } catch (Unfit e) {
        int at = e.at();
        return note(at < 0 ? scalar.place() : scalar.locator().place(at, at + 1), e);
      }
    }

    private @Nullable Setting note(Place place, Unfit e) {
      String message = option.secret() ? e.messageWithoutValue(subject) : e.message(subject);
      diagnostics.error(words.unfit(), place, message, e.hints());
      return null;
    }

    private @Nullable Setting unfit(OptionType type, YamlNode node) {
      String got =
          switch (node) {
            case YamlNode.Mapping map -> "a map";
            case YamlNode.Sequence list -> "a list";
            case YamlNode.Scalar scalar -> Values.shown(scalar.value(), scalar.text());
          };
      return note(node.place(), new Unfit(Values.words(type), got, null));
    }

    private @Nullable Setting choice(Choice choice, YamlNode node) {
      if (!(node instanceof YamlNode.Scalar scalar)) {
        return unfit(choice, node);
      }
      if (!scalar.text().contains(OPENING)) {
        return fixed(scalar, () -> Values.choose(choice, scalar.value(), scalar.text()));
      }
      boolean decides =
          choice.constants().stream().anyMatch(one -> one.accepts() != null || one.emits() != null);
      if (decides) {
        diagnostics.error(
            words.unfit(),
            scalar.place(),
            subject + " decides which kind of records the step reads or emits",
            "write it out: " + Values.words(choice));
        return null;
      }
      return computed(choice, scalar);
    }

    /** An expression in braces, or text with some, evaluated when the step starts. */
    private @Nullable Setting computed(OptionType type, YamlNode.Scalar scalar) {
      if (names.inRun() == null) {
        diagnostics.error(
            words.unfit(),
            scalar.place(),
            subject + " is needed before the run and takes no expression",
            "write out " + Values.words(type));
        return null;
      }
      Interpolation value =
          Interpolation.compile(scalar.text(), scalar.locator(), names.inRun(), diagnostics);
      if (value == null) {
        return null;
      }
      if (!Values.fits(value.type(), type)) {
        diagnostics.error(
            words.unfit(),
            scalar.place(),
            subject
                + " takes "
                + Values.words(type)
                + ", and this gives "
                + Values.words(value.type()),
            Values.hints(value.type(), type));
        return null;
      }
      boolean hidden =
          option.secret()
              || value.references().stream().anyMatch(path -> path.getFirst().equals("secrets"));
      return new Setting.Computed(
          scalar.place(), subject, scalar.text(), value, type, new JsonSettings(timeouts), hidden);
    }

    private @Nullable Setting overRecords(Simple type, YamlNode node) {
      if (!(node instanceof YamlNode.Scalar scalar) || scalar.value().isNull()) {
        return unfit(type, node);
      }
      return switch (type) {
        case EXPRESSION -> expression(scalar);
        case TEMPLATE -> template(scalar);
        default -> side(scalar);
      };
    }

    private @Nullable Setting expression(YamlNode.Scalar scalar) {
      String text = scalar.text();
      Locator locator = scalar.locator();
      Matcher braces = IN_BRACES.matcher(text);
      if (braces.matches() && !braces.group(1).contains(OPENING)) {
        int shift = braces.start(1);
        text = braces.group(1);
        locator = (start, end) -> scalar.locator().place(start + shift, end + shift);
      } else if (text.contains(OPENING)) {
        int at = text.indexOf(OPENING);
        diagnostics.error(
            Code.BAD_EXPRESSION,
            locator.place(at, at + OPENING.length()),
            subject + " is an expression already",
            "leave out `${{` and `}}`");
        return null;
      }
      CompiledExpression compiled =
          ExpressionCompiler.compile(text, locator, names.overRecords(), diagnostics);
      return compiled == null ? null : new Setting.OverRecords(scalar.place(), compiled);
    }

    private @Nullable Setting template(YamlNode.Scalar scalar) {
      if (!scalar.text().contains(OPENING)) {
        return new Setting.ConstantText(scalar.place(), scalar.text());
      }
      Interpolation text =
          Interpolation.compile(scalar.text(), scalar.locator(), names.overRecords(), diagnostics);
      if (text == null) {
        return null;
      }
      if (!Values.fits(text.type(), Simple.TEMPLATE)) {
        diagnostics.error(
            words.unfit(),
            scalar.place(),
            subject + " takes text, and this gives " + Values.words(text.type()));
        return null;
      }
      boolean constant =
          text.references().stream().noneMatch(path -> path.getFirst().equals("record"));
      return new Setting.TextOverRecords(scalar.place(), scalar.text(), text, constant);
    }

    private @Nullable Setting side(YamlNode.Scalar scalar) {
      if (scalar.text().contains(OPENING)) {
        diagnostics.error(
            words.unfit(), scalar.place(), subject + " takes the id of a step, written out");
        return null;
      }
      return new Setting.Side(scalar.place(), scalar.text());
    }

    private @Nullable Setting list(ListOf type, YamlNode node) {
      if (node instanceof YamlNode.Sequence sequence) {
        var each = new OneOption(option, "each item of " + subject);
        var items = new ArrayList<Setting>();
        for (YamlNode item : sequence.items()) {
          Setting setting = each.read(type.element(), item);
          if (setting != null) {
            items.add(setting);
          }
        }
        return new Setting.Items(node.place(), items);
      }
      boolean computed =
          node instanceof YamlNode.Scalar scalar
              && scalar.text().contains(OPENING)
              && !isOverRecords(type.element());
      if (computed) {
        return computed(type, (YamlNode.Scalar) node);
      }
      Setting single = read(type.element(), node);
      return single == null ? null : new Setting.Items(node.place(), List.of(single));
    }

    private static boolean isOverRecords(OptionType type) {
      return type == Simple.EXPRESSION || type == Simple.TEMPLATE || type == Simple.RECORDS;
    }

    private @Nullable Setting map(MapOf type, YamlNode node) {
      if (node instanceof YamlNode.Scalar scalar && scalar.text().contains(OPENING)) {
        return computed(type, scalar);
      }
      if (!(node instanceof YamlNode.Mapping map)) {
        return unfit(type, node);
      }
      var entries = new LinkedHashMap<String, Setting>();
      map.entries()
          .forEach((name, entry) -> {
            var one = new OneOption(option, RecordReader.inside(subject, name));
            Setting setting = one.read(type.value(), entry.value());
            if (setting != null) {
              entries.put(name, setting);
            }
          });
      return new Setting.Entries(node.place(), entries);
    }

    private @Nullable Setting nested(Nested type, YamlNode node) {
      if (node instanceof YamlNode.Scalar scalar && scalar.text().contains(OPENING)) {
        return computed(type, scalar);
      }
      if (!(node instanceof YamlNode.Mapping map)) {
        return unfit(type, node);
      }
      return new Setting.Inner(readRecord(subject, subject, type.options(), map, node.place()));
    }

    private @Nullable Setting json(YamlNode node) {
      Setting content = tree(node);
      if (content == null) {
        return null;
      }
      boolean known =
          RecordSetting.flat(List.of(content)).stream()
              .noneMatch(Setting.Computed.class::isInstance);
      return known
          ? new Setting.Fixed(node.place(), content.describe(), content.describe())
          : new Setting.Tree(node.place(), content);
    }

    private @Nullable Setting tree(YamlNode node) {
      return switch (node) {
        case YamlNode.Scalar scalar when scalar.text().contains(OPENING) ->
            computed(Simple.JSON, scalar);
        case YamlNode.Scalar scalar ->
            new Setting.Fixed(scalar.place(), scalar.value(), scalar.value());
        case YamlNode.Sequence list -> treeList(list);
        case YamlNode.Mapping map -> treeMap(map);
      };
    }

    private @Nullable Setting treeList(YamlNode.Sequence list) {
      var items = new ArrayList<Setting>();
      for (YamlNode item : list.items()) {
        Setting setting = tree(item);
        if (setting != null) {
          items.add(setting);
        }
      }
      return items.size() == list.items().size() ? new Setting.Items(list.place(), items) : null;
    }

    private @Nullable Setting treeMap(YamlNode.Mapping map) {
      var entries = new LinkedHashMap<String, Setting>();
      map.entries()
          .forEach((name, entry) -> {
            Setting setting = tree(entry.value());
            if (setting != null) {
              entries.put(name, setting);
            }
          });
      return entries.size() == map.entries().size()
          ? new Setting.Entries(map.place(), entries)
          : null;
    }
  }
}
