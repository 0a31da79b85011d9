package dev.nightjar.model;

import dev.nightjar.model.diagnostic.Code;
import dev.nightjar.model.diagnostic.Diagnostic;
import dev.nightjar.model.diagnostic.Diagnostics;
import dev.nightjar.model.diagnostic.Place;
import dev.nightjar.model.diagnostic.Suggestions;
import dev.nightjar.model.expression.CompiledExpression;
import dev.nightjar.model.expression.Type;
import dev.nightjar.model.options.CheckedOptions;
import dev.nightjar.model.options.OptionDeclaration;
import dev.nightjar.model.options.OptionType;
import dev.nightjar.model.options.OptionsChecker;
import dev.nightjar.model.options.ProcessorDeclaration;
import dev.nightjar.model.options.ProcessorDeclaration.Shape;
import dev.nightjar.model.yaml.YamlNode;
import dev.nightjar.spi.RetryPolicy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads one list of steps: options and expressions with the names that each step can use, and which
 * steps each one reads from and waits for.
 */
final class BlockReader {

  private static final String STEPS = "steps";

  private final Reading reading;
  private final StepDefaults defaults;

  /** Ids of all steps of the workflow, for telling a step out of reach from one that is not. */
  private final Set<String> all;

  private final List<StepOutline> outlines;
  private final Map<String, Type> names;

  /** Steps whose outputs can be used: those above, here and around this block. */
  private final Map<String, Type> visible;

  /** What a step's expressions may use; grows with {@link #visible}. */
  private final Map<String, Type> usable;

  /** The ids of this block's steps that were read already, each with its place among them. */
  private final SequencedMap<String, Integer> above = new LinkedHashMap<>();

  /** Steps around this block that its expressions use: the step that holds it waits for them. */
  private final Set<String> outer = new LinkedHashSet<>();

  private final Chain chain;
  private final StepSettings settings;

  BlockReader(
      Reading reading,
      StepDefaults defaults,
      Set<String> all,
      List<StepOutline> outlines,
      Map<String, Type> names,
      Map<String, Type> around) {
    this.reading = reading;
    this.defaults = defaults;
    this.all = all;
    this.outlines = outlines;
    this.names = names;
    this.visible = new LinkedHashMap<>(around);
    this.usable = Names.with(names, STEPS, new Type.Fields(visible));
    this.chain = new Chain(reading);
    this.settings = new StepSettings(reading);
  }

  /** The steps; not to be used when there are mistakes. */
  List<Step> read() {
    var steps = new ArrayList<Step>();
    for (StepOutline outline : outlines) {
      Step step = step(outline);
      if (step != null) {
        steps.add(step);
      }
      above.putIfAbsent(outline.id(), above.size());
      visible.put(outline.id(), Names.step(outline.processor()));
    }
    chain.finish();
    return List.copyOf(steps);
  }

  /** What the expressions of this block use of steps around it. */
  Set<String> outer() {
    return outer;
  }

  /** What can be used once all steps of this block have run. */
  Map<String, Type> visible() {
    return visible;
  }

  private @Nullable Step step(StepOutline outline) {
    Section section = outline.section();
    // The step's own expressions first, into diagnostics of their own: see relabelled.
    var found = new Diagnostics();
    var inner = new Reading(reading.file(), reading.catalog(), reading.timeouts(), found);
    var own = new StepSettings(inner);
    CheckedOptions options = options(outline, found);
    CompiledExpression condition = own.condition(section, usable);
    Step.Rejects rejects = own.rejects(section, usable);
    Step.Cache cache = own.cache(section, usable);
    checkCache(outline, cache);
    relabel(found, outline);
    var used = new LinkedHashSet<String>();
    collect(options, condition, rejects, cache, used);
    List<Step.Block> blocks = blocks(outline, used);
    List<String> sides = options == null ? List.of() : options.sides();
    String from = from(outline, options, condition != null);
    checkSides(outline, sides);
    List<String> needs = needs(outline, from, sides, used);
    RetryPolicy retry = reading.retry(section);
    var timeout = section.duration("timeout");
    Integer parallelism = section.count("parallelism");
    var effect = settings.effect(section, outline.processor());
    section.finish("a step");
    ProcessorDeclaration processor = outline.processor();
    if (processor == null || options == null) {
      return null;
    }
    return new Step(
        outline.place(),
        outline.id(),
        processor,
        options,
        from,
        needs,
        condition,
        defaults.retry(retry),
        timeout == null ? defaults.timeout() : timeout,
        rejects,
        cache,
        effect,
        parallelism == null ? defaults.parallelism() : parallelism,
        blocks);
  }

  private void checkCache(StepOutline outline, Step.@Nullable Cache cache) {
    ProcessorDeclaration processor = outline.processor();
    if (cache != null && processor != null && processor.shape() == Shape.CONTROL) {
      reading.error(
          Code.BAD_CACHE,
          outline.section().keyPlace("cache"),
          "`" + processor.name() + "` runs other steps, and has no result of its own to keep",
          "put `cache:` on the steps inside");
    }
  }

  private @Nullable CheckedOptions options(StepOutline outline, Diagnostics found) {
    YamlNode with = outline.section().value("with");
    ProcessorDeclaration processor = outline.processor();
    return processor == null
        ? null
        : OptionsChecker.check(processor, with, outline.place(), usable, reading.timeouts(), found);
  }

  /** An expression that names a step which is there, but out of reach, gets told just that. */
  private void relabel(Diagnostics found, StepOutline outline) {
    for (Diagnostic one : found.sorted()) {
      Place place = one.place();
      String word = place.source().text().substring(place.start(), place.end());
      boolean step = one.code() == Code.UNKNOWN_NAME && isStepName(place);
      if (step && all.contains(word) && !visible.containsKey(word)) {
        reading.error(
            Code.UNKNOWN_STEP,
            place,
            outOfReach(word, outline),
            "an expression can use steps above its own, and those around its block");
      } else {
        reading.diagnostics().add(one);
      }
    }
  }

  private static boolean isStepName(Place place) {
    String before = place.source().text().substring(Math.max(0, place.start() - 7), place.start());
    return before.contains(STEPS);
  }

  private String outOfReach(String id, StepOutline outline) {
    if (id.equals(outline.id())) {
      return "`" + id + "` is this step itself";
    }
    boolean below = outlines.stream().anyMatch(one -> one.id().equals(id));
    return below ? "`" + id + "` comes after this step" : "`" + id + "` is nested in another step";
  }

  private void collect(
      @Nullable CheckedOptions options,
      @Nullable CompiledExpression condition,
      Step.@Nullable Rejects rejects,
      Step.@Nullable Cache cache,
      Set<String> used) {
    if (options != null) {
      use(options.references(), used);
    }
    if (condition != null) {
      use(condition.references(), used);
    }
    if (rejects instanceof Step.Rejects.Collect collect && collect.path() != null) {
      use(collect.path().references(), used);
    }
    if (cache != null) {
      cache.key().forEach(key -> use(key.references(), used));
    }
  }

  private static void use(Set<List<String>> references, Set<String> used) {
    for (List<String> reference : references) {
      if (reference.size() > 1 && reference.getFirst().equals(STEPS)) {
        used.add(reference.get(1));
      }
    }
  }

  private List<Step.Block> blocks(StepOutline outline, Set<String> used) {
    var blocks = new ArrayList<Step.Block>();
    for (StepOutline.Block block : outline.blocks()) {
      Map<String, Type> inside =
          switch (block.name()) {
            case STEPS -> Names.withBindings(names, outline.processor());
            case "catch" -> Names.withError(names);
            default -> names;
          };
      var nested = new BlockReader(reading, defaults, all, block.steps(), inside, visible);
      blocks.add(new Step.Block(block.name(), nested.read()));
      used.addAll(nested.outer());
    }
    return List.copyOf(blocks);
  }

  private @Nullable String from(
      StepOutline outline, @Nullable CheckedOptions options, boolean conditional) {
    Section section = outline.section();
    YamlNode.Scalar written = section.scalar("from", "the id of a step, or `none`");
    boolean reads = options == null || !options.accepts().isEmpty();
    String from = reads ? chain.nearest() : null;
    if (written != null && written.text().equals("none")) {
      from = null;
    } else if (written != null) {
      from = named(written, outline, "from") ? written.text() : null;
      checkSource(outline, written, from, reads);
    }
    boolean mistaken = written != null && from == null && !written.text().equals("none");
    if (from == null && !mistaken && options != null && reads) {
      requireRecords(outline);
    }
    boolean unknown = mistaken && options != null;
    chain.add(outline, reads ? from : null, unknown ? null : options, conditional);
    return reads ? from : null;
  }

  private void checkSource(
      StepOutline outline, YamlNode.Scalar written, @Nullable String from, boolean reads) {
    if (from != null && !reads) {
      reading.error(
          Code.BAD_VALUE,
          written.place(),
          "`" + outline.uses() + "` reads no records, so that it cannot read `from` a step");
    } else if (from != null && !chain.emits(from)) {
      reading.error(
          Code.NO_RECORDS, written.place(), "`" + from + "` emits no records", emitters());
    }
  }

  private String emitters() {
    String nearest = chain.nearest();
    return nearest == null ? "no step above emits any" : "`" + nearest + "` does";
  }

  /** A control step can do without; what reads record by record cannot. */
  private void requireRecords(StepOutline outline) {
    ProcessorDeclaration processor = Objects.requireNonNull(outline.processor());
    if (processor.shape() == ProcessorDeclaration.Shape.CONTROL) {
      return;
    }
    reading.error(
        Code.NO_RECORDS,
        outline.place(),
        "`" + outline.uses() + "` reads records, and no step above emits any for it",
        "put a step above that reads a source, such as `file.read`");
  }

  private void checkSides(StepOutline outline, List<String> sides) {
    for (String side : sides) {
      Place place = sidePlace(outline, side);
      if (!above.containsKey(side)) {
        unknown(side, place, outline);
      } else if (!chain.emits(side)) {
        reading.error(Code.NO_RECORDS, place, "`" + side + "` emits no records", emitters());
      }
      chain.readBeside(side);
    }
  }

  private static Place sidePlace(StepOutline outline, String side) {
    if (outline.section().map().get("with") instanceof YamlNode.Mapping with
        && outline.processor() != null) {
      for (OptionDeclaration option : outline.processor().options()) {
        boolean names = option.type() == OptionType.Simple.RECORDS;
        if (names
            && with.get(option.name()) instanceof YamlNode.Scalar one
            && one.text().equals(side)) {
          return one.place();
        }
      }
    }
    return outline.section().keyPlace("with");
  }

  /** In the order of the steps, each once. */
  private List<String> needs(
      StepOutline outline, @Nullable String from, List<String> sides, Set<String> used) {
    var needs = new LinkedHashSet<String>();
    Section section = outline.section();
    if (section.map().get("needs") == null) {
      if (!above.isEmpty()) {
        needs.add(above.lastEntry().getKey());
      }
    }
    for (YamlNode.Scalar name : section.names("needs")) {
      if (named(name, outline, "needs")) {
        needs.add(name.text());
      }
    }
    if (from != null) {
      needs.add(from);
    }
    needs.addAll(sides);
    for (String id : used) {
      if (above.containsKey(id)) {
        needs.add(id);
      } else if (visible.containsKey(id)) {
        outer.add(id);
      }
    }
    return needs.stream()
        .filter(above::containsKey)
        .sorted((one, other) -> Integer.compare(place(one), place(other)))
        .toList();
  }

  /** Of a step above in this block. */
  private int place(String id) {
    return Objects.requireNonNull(above.get(id));
  }

  /** Whether a name is that of a step above in this block; noted when not. */
  private boolean named(YamlNode.Scalar name, StepOutline outline, String key) {
    if (above.containsKey(name.text())) {
      return true;
    }
    List<String> circle = new Circles(outlines).from(outline.id(), name.text());
    if (circle.isEmpty()) {
      unknown(name.text(), name.place(), outline);
      return false;
    }
    String path = String.join(" → ", circle);
    reading.error(
        Code.CYCLE,
        name.place(),
        circle.size() == 2 ? "a step cannot wait for itself" : "steps wait for each other: " + path,
        "`" + key + "` names steps above");
    return false;
  }

  private void unknown(String id, Place place, StepOutline outline) {
    String shown = Reading.shortened(id);
    if (outlines.stream().anyMatch(one -> one.id().equals(id))) {
      reading.error(
          Code.UNKNOWN_STEP,
          place,
          "`" + shown + "` comes after `" + outline.id() + "`",
          "steps run in the order written: move it above");
    } else if (all.contains(id)) {
      reading.error(
          Code.UNKNOWN_STEP,
          place,
          "`" + shown + "` is not in the same list of steps as `" + outline.id() + "`",
          "only expressions reach steps around their own list");
    } else {
      reading.error(
          Code.UNKNOWN_STEP,
          place,
          "there is no step `" + shown + "` above",
          Suggestions.hint(shown, above.keySet(), "there are: " + Reading.list(above.keySet())));
    }
  }
}
