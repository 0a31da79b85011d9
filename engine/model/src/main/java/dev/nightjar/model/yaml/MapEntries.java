package dev.nightjar.model.yaml;

import dev.nightjar.model.diagnostic.Code;
import dev.nightjar.model.diagnostic.Diagnostics;
import dev.nightjar.model.diagnostic.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects a map's entries: each key once, {@code <<} merged, keys written out winning. */
final class MapEntries {

  private final Diagnostics diagnostics;
  private final List<YamlNode.Entry> written = new ArrayList<>();
  private final LinkedHashMap<String, YamlNode.Entry> explicit = new LinkedHashMap<>();

  MapEntries(Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
  }

  void add(YamlNode.Scalar key, YamlNode value) {
    var entry = new YamlNode.Entry(key, value);
    if (isMerge(key)) {
      written.add(entry);
      return;
    }
    YamlNode.Entry first = explicit.putIfAbsent(key.text(), entry);
    if (first == null) {
      written.add(entry);
      return;
    }
    diagnostics.error(
        Code.DUPLICATE_KEY,
        key.place(),
        "the key `" + key.text() + "` stands twice in one map",
        "the first one is in line " + first.key().place().line());
  }

  boolean isEmpty() {
    return written.isEmpty();
  }

  Place firstKey() {
    return written.getFirst().key().place();
  }

  /** The map of them, in the order written, merged ones where their {@code <<} stands. */
  YamlNode.Mapping at(Place place) {
    if (written.size() == explicit.size()) {
      return new YamlNode.Mapping(place, explicit);
    }
    var all = new LinkedHashMap<String, YamlNode.Entry>();
    for (YamlNode.Entry entry : written) {
      if (isMerge(entry.key())) {
        merge(entry.value(), all);
      } else {
        all.put(entry.key().text(), entry);
      }
    }
    return new YamlNode.Mapping(place, all);
  }

  private void merge(YamlNode value, Map<String, YamlNode.Entry> into) {
    List<YamlNode> sources =
        value instanceof YamlNode.Sequence list ? list.items() : List.of(value);
    for (YamlNode source : sources) {
      if (source instanceof YamlNode.Mapping map) {
        map.entries()
            .forEach((name, entry) -> {
              if (!explicit.containsKey(name)) {
                into.putIfAbsent(name, entry);
              }
            });
      } else {
        diagnostics.error(
            Code.WRONG_TYPE,
            source.place(),
            "`<<` merges a map or a list of maps",
            "name one by its anchor: `<<: *name`");
      }
    }
  }

  private static boolean isMerge(YamlNode.Scalar key) {
    return key.plain() && key.text().equals("<<");
  }
}
