package dev.nightjar.model;

import dev.nightjar.model.diagnostic.Code;
import dev.nightjar.model.diagnostic.Suggestions;
import dev.nightjar.model.expression.Interpolation;
import dev.nightjar.model.expression.Type;
import dev.nightjar.model.options.Durations;
import dev.nightjar.model.schedule.BadCronException;
import dev.nightjar.model.schedule.CronExpression;
import dev.nightjar.model.schedule.Dst;
import dev.nightjar.model.schedule.TimeZones;
import dev.nightjar.model.yaml.YamlNode;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code triggers:} and {@code schedule:}. */
final class TriggersReader {

  private static final List<String> CAUSES = List.of("cron", "every", "files", "webhook", "after");

  /** Long enough for a writer to finish a block, short enough not to be noticed. */
  private static final Duration SETTLE = Duration.ofSeconds(5);

  /** As short as cron's; a run more often than that would be one that goes on. */
  private static final Duration SHORTEST = Duration.ofSeconds(1);

  private static final Trigger.Missed LAST =
      new Trigger.Missed(Trigger.Missed.Policy.LAST, null, null);

  private final Reading reading;
  private final List<InputDeclaration> inputs;
  private final Collection<String> secrets;
  private final Map<String, Type> names;
  private final Set<String> ids = new HashSet<>();

  TriggersReader(
      Reading reading,
      List<InputDeclaration> inputs,
      Collection<String> secrets,
      Map<String, Type> names) {
    this.reading = reading;
    this.inputs = inputs;
    this.secrets = secrets;
    this.names = new LinkedHashMap<>(names);
    this.names.remove("inputs");
  }

  List<Trigger> read(Section top) {
    var triggers = new ArrayList<Trigger>();
    YamlNode.Scalar schedule = top.scalar("schedule", "a cron expression");
    if (schedule != null) {
      CronExpression expression = expression(schedule);
      requireInputs(top, "schedule", Map.of());
      ids.add("schedule");
      if (expression != null) {
        var cron = new Trigger.Cause.Cron(expression, null, Dst.FIXED_TIMES, LAST);
        triggers.add(new Trigger(schedule.place(), "schedule", cron, null, Map.of(), true));
      }
    }
    for (YamlNode item : top.items("triggers")) {
      Section section = Section.of(item, "a trigger", reading);
      Trigger trigger = section == null ? null : trigger(section);
      if (trigger != null) {
        triggers.add(trigger);
      }
    }
    return List.copyOf(triggers);
  }

  private @Nullable Trigger trigger(Section section) {
    List<String> given = CAUSES.stream().filter(section::has).toList();
    String first = given.isEmpty() ? "trigger" : given.getFirst();
    if (given.isEmpty()) {
      reading.error(
          Code.MISSING_KEY,
          section.place(),
          "this trigger waits for nothing",
          "say one of: " + String.join(", ", CAUSES));
    }
    for (String other : given.stream().skip(1).toList()) {
      section.refuse(other, "a trigger has one of `" + first + "` and `" + other + "`, not both");
    }
    String id = id(section, first);
    Trigger.Cause cause = cause(section, first);
    Duration jitter = section.duration("jitter");
    Map<String, ValueTemplate> values = inputs(section);
    boolean enabled = section.bool("enabled", true);
    section.finish("a trigger");
    return cause == null ? null : new Trigger(section.place(), id, cause, jitter, values, enabled);
  }

  private String id(Section section, String cause) {
    String written = section.name("id", Reading.ID);
    if (written != null) {
      if (!ids.add(written)) {
        reading.error(
            Code.DUPLICATE_ID, section.keyPlace("id"), "there are two triggers `" + written + "`");
      }
      return written;
    }
    String id = cause;
    for (int number = 2; !ids.add(id); number++) {
      id = cause + "_" + number;
    }
    return id;
  }

  private Trigger.@Nullable Cause cause(Section section, String kind) {
    if (!kind.equals("cron")) {
      section.refuse("timezone", "`timezone` belongs to `cron`");
      section.refuse("dst", "`dst` belongs to `cron`");
    }
    if (!kind.equals("cron") && !kind.equals("every")) {
      section.refuse("missed", "`missed` belongs to `cron` and `every`");
    }
    return switch (kind) {
      case "cron" -> cron(section);
      case "every" -> every(section);
      case "files" -> files(section);
      case "webhook" -> webhook(section);
      case "after" -> after(section);
      default -> null;
    };
  }

  private Trigger.@Nullable Cause cron(Section section) {
    YamlNode.Scalar cron = section.scalar("cron", "a cron expression");
    ZoneId zone = zone(section);
    Dst dst = dst(section);
    Trigger.Missed missed = missed(section);
    CronExpression expression = cron == null ? null : expression(cron);
    return expression == null ? null : new Trigger.Cause.Cron(expression, zone, dst, missed);
  }

  private @Nullable CronExpression expression(YamlNode.Scalar cron) {
    try {
      return CronExpression.parse(cron.text());
    } catch (BadCronException wrong) {
      String[] hints = wrong.hint().isEmpty() ? new String[0] : new String[] {wrong.hint()};
      reading.error(
          Code.BAD_CRON,
          cron.locator().place(wrong.start(), wrong.end()),
          String.valueOf(wrong.getMessage()),
          hints);
      return null;
    }
  }

  private @Nullable ZoneId zone(Section section) {
    YamlNode.Scalar scalar = section.scalar("timezone", "a time zone's name");
    if (scalar == null) {
      return null;
    }
    Optional<ZoneId> zone = TimeZones.named(scalar.text());
    if (zone.isEmpty()) {
      String name = Reading.shortened(scalar.text());
      reading.error(
          Code.BAD_VALUE,
          scalar.place(),
          "there is no time zone `" + name + "`",
          TimeZones.hint(name));
    }
    return zone.orElse(null);
  }

  private Dst dst(Section section) {
    Section dst = section.section("dst");
    if (dst == null) {
      return Dst.FIXED_TIMES;
    }
    var gap = dst.word("gap", Dst.Gap.class);
    var overlap = dst.word("overlap", Dst.Overlap.class);
    dst.finish("`dst`");
    return new Dst(
        gap == null ? Dst.FIXED_TIMES.gap() : gap,
        overlap == null ? Dst.FIXED_TIMES.overlap() : overlap);
  }

  private Trigger.Missed missed(Section section) {
    YamlNode node = section.value("missed");
    if (node instanceof YamlNode.Scalar scalar) {
      var policy = section.word(scalar, "missed", Trigger.Missed.Policy.class);
      return policy == null ? LAST : new Trigger.Missed(policy, null, null);
    }
    Section missed = section.section("missed");
    if (missed == null) {
      return LAST;
    }
    var policy = missed.word("policy", Trigger.Missed.Policy.class);
    Integer limit = missed.count("limit");
    Duration window = missed.duration("window");
    missed.finish("`missed`");
    return new Trigger.Missed(policy == null ? LAST.policy() : policy, limit, window);
  }

  private Trigger.@Nullable Cause every(Section section) {
    YamlNode.Scalar every = section.scalar("every", "a duration");
    Duration period = every == null ? null : reading.duration(every, "`every`");
    Trigger.Missed missed = missed(section);
    if (every == null || period == null) {
      return null;
    }
    if (period.compareTo(SHORTEST) < 0) {
      reading.error(
          Code.BAD_VALUE,
          every.place(),
          "`every` is too short with " + Durations.format(period),
          "write " + Durations.format(SHORTEST) + " or longer");
      return null;
    }
    return new Trigger.Cause.Every(period, missed);
  }

  private Trigger.@Nullable Cause files(Section section) {
    Section files = section.section("files");
    if (files == null) {
      return null;
    }
    files.required("path", "a file or a pattern such as `in/*.csv`");
    YamlNode.Scalar path = files.scalar("path", "a path");
    Duration settle = files.duration("settle");
    files.finish("`files`");
    Interpolation text = path == null ? null : reading.interpolation(path, names);
    return text == null ? null : new Trigger.Cause.Files(text, settle == null ? SETTLE : settle);
  }

  private Trigger.@Nullable Cause webhook(Section section) {
    Section webhook = section.section("webhook");
    if (webhook == null) {
      return null;
    }
    webhook.required("token", "the name of a secret that a request has to show");
    YamlNode.Scalar token = webhook.scalar("token", "the name of a secret");
    webhook.finish("`webhook`");
    if (token == null) {
      return null;
    }
    if (!secrets.contains(token.text())) {
      reading.error(
          Code.UNKNOWN_NAME,
          token.place(),
          "there is no secret `" + Reading.shortened(token.text()) + "`",
          Suggestions.hint(token.text(), secrets, "name it under `secrets:`"));
    }
    return new Trigger.Cause.Webhook(token.text());
  }

  private Trigger.@Nullable Cause after(Section section) {
    Section after = section.section("after");
    if (after == null) {
      return null;
    }
    after.required("workflow", "the name of the workflow to wait for");
    String workflow = after.name("workflow", Reading.WORKFLOW);
    Outcome outcome = after.word("outcome", Outcome.class);
    after.finish("`after`");
    Outcome wanted = outcome == null ? Outcome.SUCCEEDED : outcome;
    return workflow == null ? null : new Trigger.Cause.After(workflow, wanted.word());
  }

  /** How a run can end. */
  private enum Outcome {
    SUCCEEDED,
    FAILED,
    CANCELLED;

    private String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private Map<String, ValueTemplate> inputs(Section section) {
    var values = new LinkedHashMap<String, ValueTemplate>();
    section.entries(
        "inputs",
        (name, value) -> {
          InputDeclaration input = declared(name);
          ValueTemplate template = input == null ? null : reading.template(value, names);
          if (input != null && template != null) {
            checkConstant(value, template, input);
            values.put(name.text(), template);
          }
        });
    requireInputs(section, "inputs", values);
    return values;
  }

  private void checkConstant(YamlNode value, ValueTemplate template, InputDeclaration input) {
    if (template.constant()) {
      InputsReader.check(value, input, "`" + input.name() + "`", Code.BAD_INPUT, reading);
    }
  }

  private @Nullable InputDeclaration declared(YamlNode.Scalar name) {
    for (InputDeclaration input : inputs) {
      if (input.name().equals(name.text())) {
        return input;
      }
    }
    List<String> known = inputs.stream().map(InputDeclaration::name).toList();
    reading.error(
        Code.BAD_INPUT,
        name.place(),
        "the workflow has no input `" + Reading.shortened(name.text()) + "`",
        Suggestions.hint(name.text(), known, "it has: " + Reading.list(known)));
    return null;
  }

  /** A run that this starts would end before it began. */
  private void requireInputs(Section section, String key, Map<String, ValueTemplate> values) {
    var written = section.value(key) instanceof YamlNode.Mapping map ? map : null;
    for (InputDeclaration input : inputs) {
      boolean there = written != null && written.get(input.name()) != null;
      if (input.required() && !there && !values.containsKey(input.name())) {
        reading.error(
            Code.BAD_INPUT,
            section.keyPlace(key),
            "this gives no value for the required input `" + input.name() + "`",
            "give it under `inputs:` of a trigger, or give it a default");
        return;
      }
    }
  }
}
