package dev.nightjar.plugin.memory;

import dev.nightjar.spi.Measurement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** First, last, change, peak and average of a run's snapshots. */
final class MemorySummary {

  private final int count;
  private final Map<String, Figures> figures;

  private MemorySummary(int count, Map<String, Figures> figures) {
    this.count = count;
    this.figures = figures;
  }

  /** One value over all snapshots that have it, in bytes. */
  private record Figures(long first, long last, long peak, long average) {

    static Figures of(List<Long> values) {
      LongSummaryStatistics all = values.stream().mapToLong(Long::longValue).summaryStatistics();
      return new Figures(
          values.getFirst(), values.getLast(), all.getMax(), Math.round(all.getAverage()));
    }

    long change() {
      return last - first;
    }

    @Override
    public String toString() {
      return "%s first, %s last (%s), %s peak, %s average"
          .formatted(
              Sizes.mib(first),
              Sizes.mib(last),
              Sizes.change(change()),
              Sizes.mib(peak),
              Sizes.mib(average));
    }
  }

  static MemorySummary of(List<Measurement> snapshots) {
    var figures = new LinkedHashMap<String, Figures>();
    for (String name : List.of(ProcessMemory.HEAP_USED, ProcessMemory.RESIDENT)) {
      List<Long> values =
          snapshots.stream()
              .filter(snapshot -> snapshot.values().containsKey(name))
              .map(snapshot -> snapshot.values().get(name))
              .toList();
      if (!values.isEmpty()) {
        figures.put(name, Figures.of(values));
      }
    }
    return new MemorySummary(snapshots.size(), figures);
  }

  /** {@code count}, and of the others maps of {@code heap_used} and {@code resident}. */
  ObjectNode figures() {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("count", count);
    node.set("first", each(Figures::first));
    node.set("last", each(Figures::last));
    node.set("change", each(Figures::change));
    node.set("peak", each(Figures::peak));
    node.set("average", each(Figures::average));
    return node;
  }

  private ObjectNode each(ToLongFunction<Figures> figure) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    figures.forEach((name, values) -> node.put(name, figure.applyAsLong(values)));
    return node;
  }

  /** The figures and every snapshot, as JSON text that ends in a newline. */
  String json(List<Measurement> snapshots) {
    ObjectNode root = figures();
    var list = root.putArray("snapshots");
    for (Measurement snapshot : snapshots) {
      ObjectNode node = list.addObject();
      node.put("at", snapshot.at().toString());
      node.put("label", snapshot.label());
      snapshot.values().forEach(node::put);
    }
    return root.toPrettyString() + "\n";
  }

  /** One line for the log. */
  @Override
  public String toString() {
    if (figures.isEmpty()) {
      return "no memory snapshot was taken before this report";
    }
    return figures.entrySet().stream()
        .map(entry -> entry.getKey().replace('_', ' ') + ": " + entry.getValue())
        .collect(Collectors.joining("; ", count + " memory snapshots; ", ""));
  }
}
