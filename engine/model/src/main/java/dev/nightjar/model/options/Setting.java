package dev.nightjar.model.options;

import dev.nightjar.model.diagnostic.Code;
import dev.nightjar.model.diagnostic.Diagnostic;
import dev.nightjar.model.diagnostic.Place;
import dev.nightjar.model.expression.CompiledExpression;
import dev.nightjar.model.expression.EvaluationException;
import dev.nightjar.model.expression.Interpolation;
import dev.nightjar.spi.DataRecord;
import dev.nightjar.spi.Expression;
import dev.nightjar.spi.Rejected;
import dev.nightjar.spi.Template;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The value of one option, as far as it is known before the run. */
sealed interface Setting {

  /** Where the value was written. */
  Place place();

  /**
   * The value for one execution.
   *
   * @param type the Java type it has in its record
   * @return null when it is not given, because its expression gives null
   * @throws OptionFailure when it does not fit
   */
  @Nullable Object bind(Type type, Binding binding);

  /** As a person would write it. */
  default JsonNode describe() {
    return describe(UnaryOperator.identity());
  }

  /** As a person would write it, with secrets inside of it as they are to be shown. */
  JsonNode describe(UnaryOperator<JsonNode> secret);

  /** The paths its expressions read; those below {@code record} are left out by who asks. */
  default Set<List<String>> references() {
    return Set.of();
  }

  /** Those inside it. */
  default List<Setting> parts() {
    return List.of();
  }

  /** A value that is known, but that a path starts at the folder and a constant is of an enum. */
  record Fixed(Place place, Object value, JsonNode written) implements Setting {

    @Override
    public JsonNode describe(UnaryOperator<JsonNode> secret) {
      return written;
    }

    @Override
    public Object bind(Type type, Binding binding) {
      if (value instanceof Path path) {
        // As text: the folder may lie in another file system than the machine's own.
        return binding.folder().resolve(path.toString());
      }
      return value instanceof OptionType.Constant constant
          ? RecordMaker.constant(type, constant)
          : value;
    }
  }

  /**
   * Text with expressions that are evaluated when the step starts.
   *
   * @param hidden whether nobody may see the value
   */
  record Computed(
      Place place,
      String subject,
      String text,
      Interpolation value,
      OptionType type,
      JsonSettings reader,
      boolean hidden)
      implements Setting {

    @Override
    public @Nullable Object bind(Type javaType, Binding binding) {
      try {
        JsonNode found = value.evaluate(binding.scope(), null);
        return found.isNull() ? null : reader.read(type, found, place).bind(javaType, binding);
      } catch (EvaluationException e) {
        String reason = hidden ? "" : ": " + e.getMessage();
        throw failure(place, subject + " has no value" + reason);
      } catch (Unfit e) {
        String message = hidden ? e.messageWithoutValue(subject) : e.message(subject);
        throw failure(place, message, e.hints());
      }
    }

    @Override
    public JsonNode describe(UnaryOperator<JsonNode> secret) {
      return JsonNodeFactory.instance.stringNode(text);
    }

    @Override
    public Set<List<String>> references() {
      return value.references();
    }
  }

  /** An expression over records. */
  record OverRecords(Place place, CompiledExpression expression) implements Setting {

    @Override
    public Object bind(Type type, Binding binding) {
      return new Expression() {
        @Override
        public JsonNode value(DataRecord record) {
          try {
            return expression.evaluate(binding.scope(), record);
          } catch (EvaluationException e) {
            throw new Rejected(String.valueOf(e.getMessage()));
          }
        }

        @Override
        public boolean test(DataRecord record) {
          JsonNode value = value(record);
          if (!value.isBoolean()) {
            throw new Rejected("`" + expression.text() + "` is neither true nor false");
          }
          return value.booleanValue();
        }
      };
    }

    @Override
    public JsonNode describe(UnaryOperator<JsonNode> secret) {
      return JsonNodeFactory.instance.stringNode(expression.text());
    }

    @Override
    public Set<List<String>> references() {
      return expression.references();
    }
  }

  /** Text over records. */
  record TextOverRecords(Place place, String written, Interpolation text, boolean constant)
      implements Setting {

    @Override
    public Object bind(Type type, Binding binding) {
      return new Template() {
        @Override
        public boolean constant() {
          return constant;
        }

        @Override
        public String text(DataRecord record) {
          try {
            JsonNode value = text.evaluate(binding.scope(), record);
            return value.isContainer() ? value.toString() : value.asString("");
          } catch (EvaluationException e) {
            throw new Rejected(String.valueOf(e.getMessage()));
          }
        }
      };
    }

    @Override
    public JsonNode describe(UnaryOperator<JsonNode> secret) {
      return JsonNodeFactory.instance.stringNode(written);
    }

    @Override
    public Set<List<String>> references() {
      return text.references();
    }
  }

  /** Text over records without expressions. */
  record ConstantText(Place place, String text) implements Setting {

    @Override
    public Object bind(Type type, Binding binding) {
      return new Template() {
        @Override
        public boolean constant() {
          return true;
        }

        @Override
        public String text(DataRecord record) {
          return text;
        }
      };
    }

    @Override
    public JsonNode describe(UnaryOperator<JsonNode> secret) {
      return JsonNodeFactory.instance.stringNode(text);
    }
  }

  /** The records of another step. */
  record Side(Place place, String step) implements Setting {

    @Override
    public Object bind(Type type, Binding binding) {
      return binding.records(step);
    }

    @Override
    public JsonNode describe(UnaryOperator<JsonNode> secret) {
      return JsonNodeFactory.instance.stringNode(step);
    }
  }

  /** A list. */
  record Items(Place place, List<Setting> items) implements Setting {

    @Override
    public Object bind(Type type, Binding binding) {
      Type element = argument(type, 0);
      return items.stream().map(item -> present(item, element, binding)).toList();
    }

    @Override
    public JsonNode describe(UnaryOperator<JsonNode> secret) {
      var array = JsonNodeFactory.instance.arrayNode();
      items.forEach(item -> array.add(item.describe(secret)));
      return array;
    }

    @Override
    public List<Setting> parts() {
      return items;
    }
  }

  /** A map; names in the order written. */
  record Entries(Place place, Map<String, Setting> entries) implements Setting {

    @Override
    public Object bind(Type type, Binding binding) {
      Type element = argument(type, 1);
      var bound = new LinkedHashMap<String, Object>();
      entries.forEach((name, value) -> bound.put(name, present(value, element, binding)));
      return Collections.unmodifiableMap(bound);
    }

    @Override
    public JsonNode describe(UnaryOperator<JsonNode> secret) {
      var object = JsonNodeFactory.instance.objectNode();
      entries.forEach((name, value) -> object.set(name, value.describe(secret)));
      return object;
    }

    @Override
    public List<Setting> parts() {
      return List.copyOf(entries.values());
    }
  }

  /** Any YAML value with expressions somewhere in it. */
  record Tree(Place place, Setting content) implements Setting {

    @Override
    public JsonNode bind(Type type, Binding binding) {
      return json(content, binding);
    }

    private static JsonNode json(Setting at, Binding binding) {
      return switch (at) {
        case Items items -> {
          var array = JsonNodeFactory.instance.arrayNode();
          items.items().forEach(item -> array.add(json(item, binding)));
          yield array;
        }
        case Entries entries -> {
          var object = JsonNodeFactory.instance.objectNode();
          entries.entries().forEach((name, value) -> object.set(name, json(value, binding)));
          yield object;
        }
        default ->
            at.bind(JsonNode.class, binding) instanceof JsonNode value
                ? value
                : JsonNodeFactory.instance.nullNode();
      };
    }

    @Override
    public JsonNode describe(UnaryOperator<JsonNode> secret) {
      return content.describe(secret);
    }

    @Override
    public List<Setting> parts() {
      return List.of(content);
    }
  }

  /** A record inside another. */
  record Inner(RecordSetting options) implements Setting {

    @Override
    public Place place() {
      return options.place();
    }

    @Override
    public Object bind(Type type, Binding binding) {
      return options.bind(RecordMaker.recordClass(type), binding);
    }

    @Override
    public JsonNode describe(UnaryOperator<JsonNode> secret) {
      return options.describe(secret);
    }

    @Override
    public List<Setting> parts() {
      return options.settings();
    }
  }

  private static Object present(Setting setting, Type type, Binding binding) {
    Object value = setting.bind(type, binding);
    if (value == null) {
      throw failure(setting.place(), "an item of a list or map cannot be null");
    }
    return value;
  }

  private static Type argument(Type type, int index) {
    return ((ParameterizedType) type).getActualTypeArguments()[index];
  }

  /** What the run says of an option that does not fit. */
  static OptionFailure failure(Place place, String message, String... hints) {
    return new OptionFailure(
        new Diagnostic(Diagnostic.Severity.ERROR, Code.BAD_OPTION, place, message, List.of(hints)));
  }
}
