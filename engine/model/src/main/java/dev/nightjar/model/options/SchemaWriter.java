package dev.nightjar.model.options;

import dev.nightjar.spi.RetryPolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes the JSON Schema (2020-12) of workflow files, for editors. */
public final class SchemaWriter {

  private static final String LANGUAGE = "workflow.schema.json";

  /** A block whose steps stand under names: {@code cases: {fast: [...]}}. */
  private static final String CASES = "cases";

  private SchemaWriter() {}

  /** The schema of the whole language, with the options of the processors in the catalog. */
  public static ObjectNode write(Catalog catalog) {
    ObjectNode schema = language();
    ObjectNode definitions = schema.withObject("/$defs");
    definitions.set("retry", retry());
    ObjectNode step = definitions.withObject("/step");
    Set<String> blocks = blocks(catalog);
    ObjectNode properties = step.withObject("/properties");
    for (String block : blocks) {
      properties.set(block, block(block));
    }
    ArrayNode names = properties.withObject("/uses").putArray("anyOf");
    ArrayNode rules = step.putArray("allOf");
    for (ProcessorDeclaration processor : catalog.processors()) {
      names.addObject().put("const", processor.name()).put("description", processor.summary());
      ObjectNode rule = rules.addObject();
      ObjectNode condition = rule.putObject("if");
      condition.putObject("properties").putObject("uses").put("const", processor.name());
      condition.putArray("required").add("uses");
      rule.set("then", processor(processor, blocks));
    }
    // A schema's lists must not be empty; without processors no step can be right.
    if (names.isEmpty()) {
      properties.withObject("/uses").remove("anyOf");
      step.remove("allOf");
    }
    return schema;
  }

  private static ObjectNode language() {
    try (var file = SchemaWriter.class.getResourceAsStream(LANGUAGE)) {
      if (file == null) {
        throw new IllegalStateException(LANGUAGE + " is missing in the engine's jar");
      }
      return (ObjectNode) JsonMapper.shared().readTree(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ObjectNode retry() {
    ObjectNode retry = JsonNodeFactory.instance.objectNode();
    retry.put("description", "How often to try in all, or how exactly.");
    ArrayNode forms = retry.putArray("anyOf");
    forms.addObject().put("$ref", "#/$defs/count");
    forms.add(new OptionSchema(false).map(OptionDeclarations.of(RetryPolicy.class)));
    return retry;
  }

  private static Set<String> blocks(Catalog catalog) {
    var blocks = new TreeSet<String>();
    for (ProcessorDeclaration processor : catalog.processors()) {
      processor.blocks().forEach(block -> blocks.add(block.name()));
    }
    return blocks;
  }

  private static ObjectNode block(String name) {
    String definition = name.equals(CASES) ? "#/$defs/cases" : "#/$defs/steps";
    return JsonNodeFactory.instance.objectNode().put("$ref", definition);
  }

  /** What holds for steps that use this processor. */
  private static ObjectNode processor(ProcessorDeclaration processor, Set<String> allBlocks) {
    ObjectNode then = JsonNodeFactory.instance.objectNode();
    ObjectNode properties = then.putObject("properties");
    ObjectNode with = new OptionSchema(true).map(processor.options());
    with.put("description", processor.summary());
    boolean needed = with.has("required");
    if (!needed) {
      with.putArray("type").add("object").add("null");
    }
    properties.set("with", with);
    var foreign = new TreeSet<>(allBlocks);
    ArrayNode required = JsonNodeFactory.instance.arrayNode();
    for (ProcessorDeclaration.Block block : processor.blocks()) {
      foreign.remove(block.name());
      if (block.required()) {
        required.add(block.name());
      }
    }
    foreign.forEach(block -> properties.put(block, false));
    if (needed) {
      required.add("with");
    }
    if (!required.isEmpty()) {
      then.set("required", required);
    }
    return then;
  }
}
