package dev.nightjar.model.options;

import dev.nightjar.model.options.OptionType.Choice;
import dev.nightjar.model.options.OptionType.Constant;
import dev.nightjar.model.options.RecordSetting.Slot;
import dev.nightjar.spi.Kind;
import dev.nightjar.spi.ProcessorSpec.Emitted;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The checked options of a step. */
final class StepOptions implements CheckedOptions {

  private static final JsonNode MASK = JsonNodeFactory.instance.stringNode("***");

  private final RecordSetting options;
  private final Set<List<String>> references;
  private final List<String> sides;
  private final List<Kind> accepts;
  private final Emitted emits;
  private final boolean fixed;
  private volatile @Nullable Bound bound;

  /** A record that serves every execution. */
  private record Bound(Class<?> type, Path folder, Record options) {}

  StepOptions(ProcessorDeclaration processor, RecordSetting options) {
    this.options = options;
    List<Setting> settings = RecordSetting.flat(options.settings());
    this.references = references(settings);
    this.sides = sides(settings);
    this.fixed = references.isEmpty() && sides.isEmpty();
    List<Kind> reads = processor.accepts();
    Emitted gives = processor.emits();
    for (Slot slot : options.slots()) {
      Constant chosen = chosen(slot);
      if (chosen != null) {
        reads = chosen.accepts() == null ? reads : chosen.accepts();
        gives = chosen.emits() == null ? gives : chosen.emits();
      }
      if (slot.given() != null) {
        OptionDeclaration option = slot.option();
        reads = option.accepts() == null ? reads : option.accepts();
        gives = option.emits() == null ? gives : option.emits();
      }
    }
    boolean needsFields = looksIntoFields(settings) && reads.contains(Kind.JSON);
    this.accepts = needsFields ? List.of(Kind.JSON) : List.copyOf(reads);
    this.emits = gives;
  }

  private static List<String> sides(List<Setting> settings) {
    var sides = new LinkedHashSet<String>();
    for (Setting setting : settings) {
      if (setting instanceof Setting.Side side) {
        sides.add(side.step());
      }
    }
    return List.copyOf(sides);
  }

  private static Set<List<String>> references(List<Setting> settings) {
    var all = new LinkedHashSet<List<String>>();
    for (Setting setting : settings) {
      for (List<String> path : setting.references()) {
        if (!path.getFirst().equals("record")) {
          all.add(path);
        }
      }
    }
    return Collections.unmodifiableSet(all);
  }

  /** Only JSON records have fields: an expression that names one cannot do with others. */
  private static boolean looksIntoFields(List<Setting> settings) {
    for (Setting setting : settings) {
      for (List<String> path : setting.references()) {
        if (path.getFirst().equals("record") && path.size() > 1) {
          return true;
        }
      }
    }
    return false;
  }

  private static @Nullable Constant chosen(Slot slot) {
    return slot.option().type() instanceof Choice
            && slot.effective() instanceof Setting.Fixed value
            && value.value() instanceof Constant constant
        ? constant
        : null;
  }

  @Override
  public Set<List<String>> references() {
    return references;
  }

  @Override
  public List<Kind> accepts() {
    return accepts;
  }

  @Override
  public Emitted emits() {
    return emits;
  }

  @Override
  public List<String> sides() {
    return sides;
  }

  @Override
  public <C extends Record> C bind(Class<C> type, Binding binding) {
    if (!fixed) {
      return options.bind(type, binding);
    }
    Bound known = bound;
    if (known == null || known.type() != type || !known.folder().equals(binding.folder())) {
      known = new Bound(type, binding.folder(), options.bind(type, binding));
      bound = known;
    }
    return type.cast(known.options());
  }

  @Override
  public JsonNode describe() {
    return describe(value -> MASK);
  }

  @Override
  public JsonNode describe(UnaryOperator<JsonNode> secret) {
    return options.describe(secret);
  }
}
