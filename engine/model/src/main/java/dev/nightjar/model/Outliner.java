package dev.nightjar.model;

import dev.nightjar.model.diagnostic.Code;
import dev.nightjar.model.diagnostic.Place;
import dev.nightjar.model.diagnostic.Suggestions;
import dev.nightjar.model.options.PluginDeclaration;
import dev.nightjar.model.options.ProcessorDeclaration;
import dev.nightjar.model.yaml.YamlNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the steps of a workflow, nested ones included, their processors and ids. Ids are unique in
 * the whole workflow, so that a message or the history names a step without saying where it is
 * nested. Ids written out are given first: adding a step never renames one.
 */
final class Outliner {

  /** The keys of nested steps; any other block that a processor declares is one too. */
  private static final Set<String> BLOCKS = Set.of("steps", "else", "catch", "cases");

  private static final String CASES = "cases";

  private final Reading reading;
  private final Map<String, Place> taken = new HashMap<>();
  private final Set<String> derived = new HashSet<>();

  /** The last number given to each base of derived ids. */
  private final Map<String, Integer> numbers = new HashMap<>();

  Outliner(Reading reading) {
    this.reading = reading;
  }

  /** Notes the ids written out in a list of steps; to be called for all lists before outlining. */
  void claim(@Nullable YamlNode steps) {
    for (YamlNode item : items(steps)) {
      if (item instanceof YamlNode.Mapping map) {
        claim(map);
      }
    }
  }

  private void claim(YamlNode.Mapping step) {
    if (step.get("id") instanceof YamlNode.Scalar id && !id.value().isNull()) {
      Place first = taken.putIfAbsent(id.text(), id.place());
      if (first != null) {
        reading.error(
            Code.DUPLICATE_ID,
            id.place(),
            "there are two steps `" + id.text() + "`",
            "the first one is in line " + first.line());
      }
    }
    step.entries()
        .forEach((key, entry) -> {
          if (key.equals(CASES) && entry.value() instanceof YamlNode.Mapping cases) {
            cases.entries().values().forEach(one -> claim(one.value()));
          } else if (!key.equals("with")) {
            claim(entry.value());
          }
        });
  }

  private static List<YamlNode> items(@Nullable YamlNode steps) {
    return steps instanceof YamlNode.Sequence list ? list.items() : List.of();
  }

  /** The steps of a list. */
  List<StepOutline> outline(List<YamlNode> steps) {
    var outlines = new ArrayList<StepOutline>();
    for (YamlNode step : steps) {
      Section section = Section.of(step, "a step", reading);
      if (section != null) {
        outlines.add(outline(section));
      }
    }
    return outlines;
  }

  private StepOutline outline(Section section) {
    YamlNode uses = section.required("uses", "`uses:` names the processor, as in `file.read`");
    YamlNode.Scalar name = uses == null ? null : section.scalar("uses", "a processor's name");
    ProcessorDeclaration processor = name == null ? null : processor(name);
    String word = name == null ? "" : name.text();
    String id = id(section, word);
    List<StepOutline.Block> blocks = blocks(section, processor, word);
    Place place = name == null ? section.place() : name.place();
    return new StepOutline(section, place, id, word, processor, blocks);
  }

  private @Nullable ProcessorDeclaration processor(YamlNode.Scalar name) {
    ProcessorDeclaration processor = reading.catalog().processor(name.text());
    if (processor != null) {
      return processor;
    }
    List<String> names =
        reading.catalog().processors().stream().map(ProcessorDeclaration::name).toList();
    String written = Reading.shortened(name.text());
    int dot = name.text().indexOf('.');
    String hint =
        dot < 0
            ? "processors are named `plugin.processor`"
            : pluginHint(name.text().substring(0, dot), names);
    reading.error(
        Code.UNKNOWN_PROCESSOR,
        name.place(),
        "there is no processor `" + written + "`",
        Suggestions.hint(written, names, hint));
    return null;
  }

  private String pluginHint(String plugin, List<String> names) {
    List<String> own = names.stream().filter(name -> name.startsWith(plugin + ".")).toList();
    if (!own.isEmpty()) {
      return "`" + plugin + "` has: " + Reading.list(own);
    }
    List<String> ids = reading.catalog().plugins().stream().map(PluginDeclaration::id).toList();
    return Suggestions.hint(
        plugin,
        ids,
        "no plugin `"
            + Reading.shortened(plugin)
            + "` is installed; there are: "
            + Reading.list(ids));
  }

  private String id(Section section, String uses) {
    YamlNode.Scalar written = section.scalar("id", "a name");
    if (written != null) {
      String id = reading.name(written, Reading.ID);
      if ("none".equals(id)) {
        reading.error(
            Code.BAD_NAME,
            written.place(),
            "a step cannot be called `none`",
            "`from: none` means no step");
      }
      return written.text();
    }
    String last = uses.substring(uses.lastIndexOf('.') + 1);
    String base = Reading.ID.matcher(last).matches() ? last : "step";
    String id;
    do {
      int number = numbers.merge(base, 1, Integer::sum);
      id = number == 1 ? base : base + "_" + number;
    } while (taken.containsKey(id) || !derived.add(id));
    return id;
  }

  private List<StepOutline.Block> blocks(
      Section section, @Nullable ProcessorDeclaration processor, String uses) {
    var declared = new LinkedHashSet<String>();
    if (processor != null) {
      processor.blocks().forEach(block -> declared.add(block.name()));
    }
    var blocks = new ArrayList<StepOutline.Block>();
    for (String key : List.copyOf(section.map().entries().keySet())) {
      if (!BLOCKS.contains(key) && !declared.contains(key)) {
        continue;
      }
      if (processor != null && !declared.contains(key)) {
        refuseBlock(section, key, uses, declared);
      }
      addBlocks(section, key, blocks);
    }
    requireBlocks(section, processor, uses);
    return blocks;
  }

  private void addBlocks(Section section, String key, List<StepOutline.Block> blocks) {
    if (key.equals(CASES)) {
      section.entries(
          key,
          (name, value) -> {
            var list = value instanceof YamlNode.Sequence steps ? steps.items() : null;
            if (list == null) {
              Section.wrongType(value, "a case", "a list of steps", reading.diagnostics());
            } else {
              blocks.add(new StepOutline.Block(CASES + "." + name.text(), outline(list)));
            }
          });
    } else if (section.value(key) != null) {
      blocks.add(new StepOutline.Block(key, outline(section.items(key))));
    }
  }

  private void refuseBlock(Section section, String key, String uses, Set<String> declared) {
    section.value(key);
    String hint =
        declared.isEmpty() ? "it takes no nested steps" : "it takes: " + Reading.list(declared);
    reading.error(
        Code.BAD_BLOCK, section.keyPlace(key), "`" + uses + "` takes no `" + key + ":`", hint);
  }

  private void requireBlocks(
      Section section, @Nullable ProcessorDeclaration processor, String uses) {
    if (processor == null) {
      return;
    }
    for (ProcessorDeclaration.Block block : processor.blocks()) {
      boolean there = section.has(block.name());
      if (block.required() && !there) {
        reading.error(
            Code.BAD_BLOCK,
            section.keyPlace("uses"),
            "`" + uses + "` needs nested steps under `" + block.name() + ":`");
      }
    }
  }
}
