package dev.nightjar.runtime.journal;

import dev.nightjar.spi.Split;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * How the splits of a source are written: {@code tasks} says how many each task reads, {@code
 * fields} which names the details have, {@code splits} all values one after the other. Of each
 * split these are its source, its bytes and the values of the detail; before them the place of its
 * names in {@code fields}, unless it is that of the split before. A text begins with how many
 * characters it shares with the one that stood there before: {@code 17:2.json} behind {@code
 * 0:orders/order-0001.json}. An object each, with the whole path, took five times the bytes.
 */
final class SplitFormat {

  private static final char SHARED = ':';

  private SplitFormat() {}

  /** Texts that stood last at each place of splits whose details have the same names. */
  private static final class Texts {
    private final String[] last;

    Texts(int places) {
      last = new String[places];
      Arrays.fill(last, "");
    }

    String shortened(int place, String text) {
      int shared = shared(last[place], text);
      last[place] = text;
      return shared + ":" + text.substring(shared);
    }

    String whole(int place, String shortened) {
      int colon = shortened.indexOf(SHARED);
      int shared = Integer.parseInt(shortened, 0, colon, 10);
      String text = last[place].substring(0, shared) + shortened.substring(colon + 1);
      last[place] = text;
      return text;
    }

    /** No pair that stands for one character is torn: the slow parser alone reads half of one. */
    private static int shared(String before, String text) {
      int most = Math.min(before.length(), text.length());
      int n = 0;
      while (n < most && before.charAt(n) == text.charAt(n)) {
        n++;
      }
      return n > 0 && Character.isHighSurrogate(text.charAt(n - 1)) ? n - 1 : n;
    }
  }

  static void write(List<List<Split>> tasks, JsonGenerator json) {
    json.writeArrayPropertyStart("tasks");
    for (List<Split> task : tasks) {
      json.writeNumber(task.size());
    }
    json.writeEndArray();
    var writer = new Writer(json);
    json.writeArrayPropertyStart("splits");
    for (List<Split> task : tasks) {
      task.forEach(writer::write);
    }
    json.writeEndArray();
    writer.writeNames();
  }

  /** Writes the values. */
  private static final class Writer {
    private final JsonGenerator json;
    private final List<@Nullable List<String>> names = new ArrayList<>();
    private final List<Texts> texts = new ArrayList<>();
    private int last = -1;

    Writer(JsonGenerator json) {
      this.json = json;
    }

    void write(Split split) {
      JsonNode detail = split.detail();
      int kind = kind(detail);
      if (kind != last) {
        json.writeNumber(kind);
        last = kind;
      }
      Texts before = texts.get(kind);
      json.writeString(before.shortened(0, split.source()));
      json.writeNumber(split.bytes());
      if (detail.isObject()) {
        int place = 1;
        for (Map.Entry<String, JsonNode> field : detail.properties()) {
          write(place++, field.getValue(), before);
        }
      } else {
        write(1, detail, before);
      }
    }

    private void write(int place, JsonNode value, Texts before) {
      if (value.isString()) {
        json.writeString(before.shortened(place, value.stringValue()));
      } else if (value.isInt()) {
        json.writeNumber(value.intValue());
      } else {
        json.writeTree(value);
      }
    }

    /** Nearly all are like the one before, and few differ in more than two ways. */
    private int kind(JsonNode detail) {
      Collection<String> own = detail.isObject() ? detail.propertyNames() : null;
      if (last >= 0 && same(names.get(last), own)) {
        return last;
      }
      for (int i = names.size() - 1; i >= 0; i--) {
        if (same(names.get(i), own)) {
          return i;
        }
      }
      names.add(own == null ? null : List.copyOf(own));
      texts.add(new Texts(1 + (own == null ? 1 : own.size())));
      return names.size() - 1;
    }

    private static boolean same(@Nullable List<String> known, @Nullable Collection<String> own) {
      if (known == null || own == null) {
        return known == null && own == null;
      }
      if (known.size() != own.size()) {
        return false;
      }
      int i = 0;
      for (String name : own) {
        if (!name.equals(known.get(i++))) {
          return false;
        }
      }
      return true;
    }

    void writeNames() {
      json.writeArrayPropertyStart("fields");
      for (List<String> one : names) {
        if (one == null) {
          json.writeNull();
        } else {
          json.writeStartArray();
          one.forEach(json::writeString);
          json.writeEndArray();
        }
      }
      json.writeEndArray();
    }
  }

  /**
   * The splits of each task.
   *
   * @throws IllegalArgumentException when they are not written like this
   */
  static List<List<Split>> read(JsonNode event) {
    try {
      return tasks(event);
    } catch (IndexOutOfBoundsException | NoSuchElementException e) {
      throw new IllegalArgumentException("the splits do not fit together: " + e.getMessage(), e);
    }
  }

  private static List<List<Split>> tasks(JsonNode event) {
    var kinds = new ArrayList<Kind>();
    for (JsonNode names : event.path("fields")) {
      kinds.add(new Kind(names));
    }
    Iterator<JsonNode> values = event.path("splits").iterator();
    var tasks = new ArrayList<List<Split>>();
    int kind = -1;
    for (JsonNode size : event.path("tasks")) {
      var splits = new ArrayList<Split>();
      for (int left = size.intValue(); left > 0; left--) {
        JsonNode first = values.next();
        if (first.isNumber()) {
          kind = first.intValue();
          first = values.next();
        }
        splits.add(kinds.get(kind).read(first.stringValue(), values));
      }
      tasks.add(Collections.unmodifiableList(splits));
    }
    return Collections.unmodifiableList(tasks);
  }

  /** Reads splits whose details have the same names. */
  private static final class Kind {
    private final @Nullable List<String> names;
    private final Texts texts;

    Kind(JsonNode names) {
      this.names = names.isNull() ? null : names.valueStream().map(JsonNode::stringValue).toList();
      this.texts = new Texts(1 + (this.names == null ? 1 : this.names.size()));
    }

    Split read(String shortened, Iterator<JsonNode> values) {
      String source = texts.whole(0, shortened);
      long bytes = values.next().longValue();
      return new Split(source, bytes, names == null ? value(1, values) : detail(names, values));
    }

    private ObjectNode detail(List<String> names, Iterator<JsonNode> values) {
      Map<String, JsonNode> detail = new LinkedHashMap<>();
      for (String name : names) {
        detail.put(name, value(1 + detail.size(), values));
      }
      return JsonNodeFactory.instance.objectNode().setAll(detail);
    }

    private JsonNode value(int place, Iterator<JsonNode> values) {
      JsonNode value = values.next();
      return value.isString()
          ? JsonNodeFactory.instance.stringNode(texts.whole(place, value.stringValue()))
          : value;
    }
  }
}
