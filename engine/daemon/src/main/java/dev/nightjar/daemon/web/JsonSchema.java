package dev.nightjar.daemon.web;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Builds JSON Schemas (2020-12) of what goes over the wire. */
public final class JsonSchema {

  private JsonSchema() {}

  /** Text. */
  public static ObjectNode text() {
    return type("string");
  }

  /** A moment as ISO 8601 writes it. */
  public static ObjectNode instant() {
    return text().put("format", "date-time");
  }

  /** A whole number. */
  public static ObjectNode whole() {
    return type("integer");
  }

  /** Any number. */
  public static ObjectNode number() {
    return type("number");
  }

  /** True or false. */
  public static ObjectNode flag() {
    return type("boolean");
  }

  /** One of some words. */
  public static ObjectNode choice(List<String> words) {
    ObjectNode schema = text();
    words.forEach(schema.putArray("enum")::add);
    return schema;
  }

  /** Any value. */
  public static ObjectNode any() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** A list whose items follow a schema. */
  public static ObjectNode list(JsonNode items) {
    ObjectNode schema = type("array");
    schema.set("items", items);
    return schema;
  }

  /** An object with any names whose values follow a schema. */
  public static ObjectNode map(JsonNode values) {
    ObjectNode schema = type("object");
    schema.set("additionalProperties", values);
    return schema;
  }

  /** The schema, or null. */
  public static ObjectNode nullable(ObjectNode schema) {
    ObjectNode either = any();
    either.putArray("anyOf").add(schema).add(type("null"));
    return either;
  }

  /** A schema that stands under its name in {@link Routes#schemas}. */
  public static ObjectNode ref(String name) {
    return any().put("$ref", "#/components/schemas/" + name);
  }

  /** An object with the members that are added, and no others. */
  public static ObjectSchema object() {
    return new ObjectSchema();
  }

  /** With a sentence that says what it means. */
  public static ObjectNode described(ObjectNode schema, String description) {
    return schema.put("description", description);
  }

  private static ObjectNode type(String name) {
    return JsonNodeFactory.instance.objectNode().put("type", name);
  }

  /** An object in the making. */
  public static final class ObjectSchema {

    private final ObjectNode properties = JsonNodeFactory.instance.objectNode();
    private final List<String> required = new ArrayList<>();

    private ObjectSchema() {}

    /** A member that is always there. */
    public ObjectSchema with(String name, ObjectNode schema) {
      required.add(name);
      return maybe(name, schema);
    }

    /** A member that may be left out. */
    public ObjectSchema maybe(String name, ObjectNode schema) {
      properties.set(name, schema);
      return this;
    }

    /** The schema. */
    public ObjectNode schema() {
      ObjectNode schema = type("object");
      schema.set("properties", properties);
      required.forEach(schema.putArray("required")::add);
      return schema.put("additionalProperties", false);
    }
  }
}
