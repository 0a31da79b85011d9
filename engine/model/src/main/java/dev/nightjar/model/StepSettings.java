package dev.nightjar.model;

import dev.nightjar.model.diagnostic.Code;
import dev.nightjar.model.expression.CompiledExpression;
import dev.nightjar.model.expression.ExpressionCompiler;
import dev.nightjar.model.expression.Interpolation;
import dev.nightjar.model.expression.Type;
import dev.nightjar.model.options.ProcessorDeclaration;
import dev.nightjar.model.yaml.YamlNode;
import dev.nightjar.spi.ProcessorSpec.Effect;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the keys of a step that say how it is run: {@code if}, {@code rejects}, {@code cache}. */
final class StepSettings {

  private static final Pattern LIMIT = Pattern.compile("(\\d{1,15}(?:\\.\\d{1,9})?)(%?)");

  /** One expression alone in its braces. */
  private static final Pattern BRACES = Pattern.compile("\\s*\\$\\{\\{(.*)}}\\s*", Pattern.DOTALL);

  private final Reading reading;

  StepSettings(Reading reading) {
    this.reading = reading;
  }

  /** {@code if:} takes an expression with or without its braces. */
  @Nullable CompiledExpression condition(Section section, Map<String, Type> names) {
    YamlNode.Scalar scalar = section.scalar("if", "an expression");
    if (scalar == null) {
      return null;
    }
    CompiledExpression condition = expression(scalar, Names.withStatus(names));
    if (condition != null && condition.type() != Type.ANY && condition.type() != Type.BOOL) {
      reading.error(
          Code.TYPE_MISMATCH,
          scalar.place(),
          "`if` takes true or false, and this is neither",
          "compare it with something, as in `inputs.day != \"\"`");
    }
    return condition;
  }

  private @Nullable CompiledExpression expression(YamlNode.Scalar scalar, Map<String, Type> names) {
    Matcher braces = BRACES.matcher(scalar.text());
    if (!braces.matches() || braces.group(1).contains("}}")) {
      return ExpressionCompiler.compile(
          scalar.text(), scalar.locator(), names, reading.diagnostics());
    }
    int shift = braces.start(1);
    return ExpressionCompiler.compile(
        braces.group(1),
        (start, end) -> scalar.locator().place(shift + start, shift + end),
        names,
        reading.diagnostics());
  }

  Step.@Nullable Rejects rejects(Section section, Map<String, Type> names) {
    YamlNode node = section.value("rejects");
    if (node == null) {
      return null;
    }
    if (node instanceof YamlNode.Scalar scalar) {
      return switch (scalar.text()) {
        case "fail" -> new Step.Rejects.Fail();
        case "skip" -> new Step.Rejects.Skip();
        default -> {
          reading.error(
              Code.BAD_VALUE,
              scalar.place(),
              "`rejects` cannot be `" + Reading.shortened(scalar.text()) + "`",
              "it is `fail`, `skip` or `{path: FILE, max: 1%}`");
          yield null;
        }
      };
    }
    Section rejects = section.section("rejects");
    if (rejects == null) {
      return null;
    }
    YamlNode.Scalar path = rejects.scalar("path", "a path");
    Interpolation file = path == null ? null : reading.interpolation(path, names);
    Step.Rejects.Limit max = limit(rejects);
    rejects.finish("`rejects`");
    return new Step.Rejects.Collect(file, max);
  }

  private Step.Rejects.@Nullable Limit limit(Section rejects) {
    YamlNode.Scalar scalar = rejects.scalar("max", "a number or a share");
    if (scalar == null) {
      return null;
    }
    Matcher matcher = LIMIT.matcher(scalar.text());
    boolean percent = matcher.matches() && !matcher.group(2).isEmpty();
    double value = matcher.matches() ? Double.parseDouble(matcher.group(1)) : -1;
    if (value < 0 || (percent ? value > 100 : value != Math.rint(value))) {
      reading.error(
          Code.BAD_VALUE,
          scalar.place(),
          "`max` cannot be `" + Reading.shortened(scalar.text()) + "`",
          "it is a number of records, or a share of those read: `100` or `1%`");
      return null;
    }
    return new Step.Rejects.Limit(value, percent);
  }

  Step.@Nullable Cache cache(Section section, Map<String, Type> names) {
    YamlNode node = section.value("cache");
    if (node == null) {
      return null;
    }
    if (node instanceof YamlNode.Scalar) {
      return section.bool("cache", false) ? new Step.Cache(null, List.of(), false) : null;
    }
    Section cache = section.section("cache");
    if (cache == null) {
      return null;
    }
    Duration ttl = cache.duration("ttl");
    var key = new ArrayList<CompiledExpression>();
    for (YamlNode.Scalar scalar : cache.names("key")) {
      CompiledExpression one = expression(scalar, names);
      if (one != null) {
        key.add(one);
      }
    }
    Keeping scope = cache.word("scope", Keeping.class);
    cache.finish("`cache`");
    return new Step.Cache(ttl, List.copyOf(key), scope == Keeping.MEMORY);
  }

  /** Where an earlier success is kept. */
  private enum Keeping {
    MEMORY,
    DISK
  }

  /** The declared effect, or a stricter one. */
  Effect effect(Section section, @Nullable ProcessorDeclaration processor) {
    Effect declared = processor == null ? Effect.PURE : processor.effect();
    Effect effect = section.word("effect", Effect.class);
    if (effect == null) {
      return declared;
    }
    if (processor != null && effect.compareTo(declared) < 0) {
      reading.error(
          Code.BAD_VALUE,
          section.keyPlace("effect"),
          "`" + processor.name() + "` is `" + word(declared) + "`, and a step can only be stricter",
          "from harmless to strict: pure, idempotent, once");
    }
    return effect;
  }

  private static String word(Effect effect) {
    return effect.name().toLowerCase(Locale.ROOT);
  }
}
