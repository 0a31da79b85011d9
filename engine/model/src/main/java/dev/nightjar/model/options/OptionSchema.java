package dev.nightjar.model.options;

import dev.nightjar.model.diagnostic.Place;
import dev.nightjar.model.diagnostic.SourceText;
import dev.nightjar.model.options.OptionType.Choice;
import dev.nightjar.model.options.OptionType.Constant;
import dev.nightjar.model.options.OptionType.ListOf;
import dev.nightjar.model.options.OptionType.MapOf;
import dev.nightjar.model.options.OptionType.Nested;
import dev.nightjar.model.options.OptionType.Simple;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes JSON Schema of options.
 *
 * @param computed whether a value may be an expression instead
 */
record OptionSchema(boolean computed) {

  private static final Place NOWHERE = new Place(new SourceText("default", ""), 0, 0);

  /** A map of these options and no others. */
  ObjectNode map(List<OptionDeclaration> options) {
    ObjectNode schema = node().put("type", "object").put("additionalProperties", false);
    ObjectNode properties = schema.putObject("properties");
    ArrayNode required = JsonNodeFactory.instance.arrayNode();
    for (OptionDeclaration option : options) {
      properties.set(option.name(), option(option));
      if (option.required()) {
        required.add(option.name());
      }
    }
    if (!required.isEmpty()) {
      schema.set("required", required);
    }
    return schema;
  }

  private ObjectNode option(OptionDeclaration option) {
    ObjectNode schema = node().put("description", option.doc());
    ArrayNode forms = JsonNodeFactory.instance.arrayNode();
    addForms(forms, option.type());
    if (!option.required()) {
      forms.addObject().put("type", "null");
    }
    if (option.type() != Simple.JSON) {
      schema.set("anyOf", forms);
    }
    Setting standard = new Defaults(Durations.NAMED).of(option, NOWHERE);
    if (standard != null) {
      schema.set("default", standard.describe());
    }
    return schema;
  }

  private ObjectNode type(OptionType type) {
    ArrayNode forms = JsonNodeFactory.instance.arrayNode();
    addForms(forms, type);
    return forms.size() == 1 ? (ObjectNode) forms.get(0) : node().set("anyOf", forms);
  }

  /** Every way to write a value of a type. */
  private void addForms(ArrayNode forms, OptionType type) {
    switch (type) {
      case Simple simple -> forms.add(simple(simple));
      case Choice choice -> choice.constants().forEach(one -> forms.add(constant(one)));
      case ListOf list -> {
        forms.add(node().put("type", "array").set("items", type(list.element())));
        addForms(forms, list.element());
        return;
      }
      case MapOf map ->
          forms.add(node().put("type", "object").set("additionalProperties", type(map.value())));
      case Nested nested -> forms.add(map(nested.options()));
    }
    if (computed && isComputable(type)) {
      forms.addObject().put("$ref", "#/$defs/computed");
    }
  }

  /** Text takes expressions as it is, and a step's id or kind must be known before the run. */
  private static boolean isComputable(OptionType type) {
    return switch (type) {
      case Simple simple ->
          switch (simple) {
            case BOOLEAN, INTEGER, LONG, NUMBER, DURATION, DATE -> true;
            default -> false;
          };
      case Choice choice ->
          choice.constants().stream().allMatch(one -> one.accepts() == null && one.emits() == null);
      default -> true;
    };
  }

  private static ObjectNode constant(Constant constant) {
    ObjectNode schema = node().put("const", constant.name());
    return constant.doc().isEmpty() ? schema : schema.put("description", constant.doc());
  }

  private static ObjectNode simple(Simple type) {
    return switch (type) {
      case STRING, TEMPLATE, EXPRESSION -> node().put("$ref", "#/$defs/text");
      case BOOLEAN -> node().put("type", "boolean");
      case INTEGER ->
          node()
              .put("type", "integer")
              .put("minimum", Integer.MIN_VALUE)
              .put("maximum", Integer.MAX_VALUE);
      case LONG -> node().put("type", "integer");
      case NUMBER -> node().put("type", "number");
      case DURATION -> node().put("$ref", "#/$defs/duration");
      case PATH -> node().put("type", "string").put("minLength", 1);
      case DATE -> node().put("type", "string").put("pattern", "^[0-9]{4}-[0-9]{2}-[0-9]{2}$");
      case FIELD_PATH -> node().put("type", "string").put("minLength", 1);
      case RECORDS -> node().put("$ref", "#/$defs/id");
      case JSON -> node();
    };
  }

  private static ObjectNode node() {
    return JsonNodeFactory.instance.objectNode();
  }
}
