package dev.nightjar.model;

import dev.nightjar.model.diagnostic.Code;
import dev.nightjar.model.diagnostic.Place;
import dev.nightjar.model.options.Catalog;
import dev.nightjar.model.options.CheckedOptions;
import dev.nightjar.model.options.ProcessorDeclaration;
import dev.nightjar.spi.Kind;
import dev.nightjar.spi.ProcessorSpec.Emitted;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How records pass from step to step in one block, and whether each reads the kind it is handed.
 *
 * <p>A conditional step that is skipped passes on what it would have read, so what follows it must
 * read that, too.
 */
final class Chain {

  private final Reading reading;
  private final Map<String, Link> links = new LinkedHashMap<>();
  private @Nullable String nearest;

  /** What one step hands on. */
  private static final class Link {
    private final StepOutline step;
    private final boolean emits;

    /** What it may be handing on; empty when a mistake hides it. */
    private final Set<Kind> kinds;

    /** What else it hands on when a conditional step is skipped. */
    private final Set<Kind> skipped;

    /** That step. */
    private final String skipper;

    private boolean read;

    Link(StepOutline step, boolean emits, Set<Kind> kinds, Set<Kind> skipped, String skipper) {
      this.step = step;
      this.emits = emits;
      this.kinds = kinds;
      this.skipped = skipped;
      this.skipper = skipper;
    }
  }

  Chain(Reading reading) {
    this.reading = reading;
  }

  /** The nearest step above that emits records. */
  @Nullable String nearest() {
    return nearest;
  }

  /** Notes that records of a step are read besides those of {@code from}. */
  void readBeside(String id) {
    Link link = links.get(id);
    if (link != null) {
      link.read = true;
    }
  }

  boolean emits(String id) {
    Link link = links.get(id);
    return link == null || link.emits;
  }

  /**
   * Adds a step that reads from another.
   *
   * @param from null when it reads from none
   * @param options null when the processor is unknown
   */
  void add(
      StepOutline step,
      @Nullable String from,
      @Nullable CheckedOptions options,
      boolean conditional) {
    Link source = from == null ? null : links.get(from);
    if (source != null) {
      source.read = true;
    }
    if (options == null) {
      add(new Link(step, true, Set.of(), Set.of(), step.id()));
      return;
    }
    if (source == null) {
      boolean emits = options.emits() != Emitted.NONE;
      add(new Link(step, emits, kinds(options.emits(), Set.of()), Set.of(), step.id()));
      return;
    }
    Set<Kind> before = source.kinds;
    checkKinds(step, source, options.accepts());
    Set<Kind> kinds = kinds(options.emits(), readable(before, options.accepts()));
    boolean emits = options.emits() != Emitted.NONE;
    Set<Kind> skipped = skipped(source, options, kinds, conditional);
    String skipper = source.skipped.isEmpty() ? step.id() : source.skipper;
    add(new Link(step, emits, kinds, skipped, skipper));
  }

  private void add(Link link) {
    links.put(link.step.id(), link);
    nearest = link.emits ? link.step.id() : nearest;
  }

  private static Set<Kind> skipped(
      Link source, CheckedOptions options, Set<Kind> kinds, boolean conditional) {
    Emitted emitted = options.emits();
    var skipped = EnumSet.noneOf(Kind.class);
    if (emitted == Emitted.NONE) {
      return skipped;
    }
    if (conditional) {
      skipped.addAll(source.kinds);
    }
    if (conditional) {
      skipped.addAll(source.skipped);
    } else if (emitted == Emitted.SAME) {
      skipped.addAll(readable(source.skipped, options.accepts()));
    }
    skipped.removeAll(kinds);
    return skipped;
  }

  /** What a step cannot read is told of once, at that step, and goes no further. */
  private static Set<Kind> readable(Set<Kind> kinds, List<Kind> accepts) {
    return kinds.stream().filter(accepts::contains).collect(Collectors.toSet());
  }

  private static Set<Kind> kinds(Emitted emitted, Set<Kind> before) {
    return switch (emitted) {
      case NONE -> Set.of();
      case TEXT -> Set.of(Kind.TEXT);
      case JSON -> Set.of(Kind.JSON);
      case BYTES -> Set.of(Kind.BYTES);
      case SAME -> before;
    };
  }

  private void checkKinds(StepOutline step, Link source, List<Kind> accepts) {
    Place place = step.place();
    for (Kind kind : source.kinds) {
      if (!accepts.contains(kind)) {
        reading.error(
            Code.WRONG_KIND,
            place,
            "`"
                + step.uses()
                + "` reads "
                + words(accepts)
                + " records, and `"
                + source.step.id()
                + "` emits "
                + kind,
            hints(kind, accepts));
        return;
      }
    }
    for (Kind kind : source.skipped) {
      if (!accepts.contains(kind)) {
        reading.error(
            Code.WRONG_KIND,
            place,
            "`"
                + step.uses()
                + "` reads "
                + words(accepts)
                + " records, and gets "
                + kind
                + " when `"
                + source.skipper
                + "` is skipped",
            "put the condition on this step, too");
        return;
      }
    }
  }

  /** The processor that turns the one kind into the other, if one is installed. */
  private String[] hints(Kind kind, List<Kind> accepts) {
    return converter(reading.catalog(), kind, accepts)
        .map(name -> new String[] {"put " + name + " before it"})
        .orElse(new String[0]);
  }

  private static Optional<String> converter(Catalog catalog, Kind kind, List<Kind> accepts) {
    var wanted = accepts.stream().map(Kind::name).collect(Collectors.toSet());
    return catalog.processors().stream()
        .filter(one -> one.accepts().contains(kind) && !one.accepts().containsAll(accepts))
        .filter(one -> wanted.contains(one.emits().name()))
        .filter(one -> one.shape() == ProcessorDeclaration.Shape.RECORD)
        .map(ProcessorDeclaration::name)
        .min(
            Comparator.comparing((String name) -> !converts(name))
                .thenComparing(Comparator.naturalOrder()));
  }

  private static boolean converts(String name) {
    return name.endsWith("parse") || name.endsWith("format");
  }

  private static String words(List<Kind> kinds) {
    return kinds.stream().map(Kind::toString).collect(Collectors.joining(" or "));
  }

  /**
   * Notes, in the end, the steps whose records nobody read. Beside mistakes that would be a guess:
   * the reader may be the step that is wrong.
   */
  void finish() {
    if (reading.diagnostics().hasErrors()) {
      return;
    }
    for (Link link : links.values()) {
      if (link.emits && !link.read && mattersUnread(link.step.processor())) {
        reading
            .diagnostics()
            .warning(
                Code.UNREAD_RECORDS,
                link.step.place(),
                "nobody reads the records of `" + link.step.id() + "`",
                "a step below can read them, for instance to write them to a file");
      }
    }
  }

  /** A step with outputs of its own, such as a count, may be there for those alone. */
  private static boolean mattersUnread(@Nullable ProcessorDeclaration processor) {
    return processor != null && processor.outputs().isEmpty();
  }
}
