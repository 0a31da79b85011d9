package dev.nightjar.runtime;

import dev.nightjar.model.Step;
import dev.nightjar.model.expression.CompiledExpression;
import dev.nightjar.runtime.cache.NamedFiles;
import dev.nightjar.runtime.cache.NamedFiles.Look;
import dev.nightjar.runtime.cache.WorkKey;
import dev.nightjar.spi.Processor;
import dev.nightjar.stage.RejectPolicy;
import dev.nightjar.stage.Segments;
import dev.nightjar.stage.Spool;
import dev.nightjar.stage.plugin.PluginVersion;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Tells everything that the result of some steps depends on, besides what they read: the same
 * description, the same result. Secrets are told by their digests.
 */
final class WorkDescription {

  private final RunContext run;
  private final BlockState state;
  private final SortedMap<String, String> fields = new TreeMap<>();

  WorkDescription(RunContext run, BlockState state) {
    this.run = run;
    this.state = state;
    fields.put("engine", String.valueOf(Engine.class.getPackage().getImplementationVersion()));
    run.env().forEach((name, value) -> fields.put("env." + name, shown(text(value))));
  }

  /**
   * Adds a step.
   *
   * @param options as bound
   * @param look how files that options name are told apart; null when they do not matter
   */
  void add(Step step, Processor<?> processor, Record options, @Nullable Look look)
      throws IOException {
    String id = step.id();
    String name = step.processor().name();
    fields.put(id + ".uses", name);
    for (PluginVersion plugin : run.plugins().versions(name)) {
      fields.put(id + ".plugin." + plugin.id(), (plugin.version() + " " + plugin.sha256()).strip());
    }
    JsonNode given = step.options().describe(WorkDescription::digest);
    given
        .properties()
        .forEach(
            option -> fields.put(id + ".options." + option.getKey(), written(option.getValue())));
    for (List<String> reference : step.options().references()) {
      addReference(reference);
    }
    for (String side : step.options().sides()) {
      fields.put(id + ".records." + side, content(state.spool(side)));
    }
    if (look != null) {
      addFiles(id, processor, options, look);
    }
  }

  /** Adds what becomes of records that a step sets aside. */
  void add(Step step, RejectPolicy rejects) {
    String policy =
        switch (rejects) {
          case RejectPolicy.Fail() -> "fail";
          case RejectPolicy.Keep(boolean store, var budget) -> store ? "write" : "skip";
        };
    fields.put(step.id() + ".rejects", policy);
  }

  /** Adds what a {@code cache:} says to tell results apart. */
  void add(Step.Cache cache) {
    for (CompiledExpression key : cache.key()) {
      fields.put("key." + key.text(), shown(key.evaluate(state, null)));
    }
  }

  private void addReference(List<String> path) {
    JsonNode value = state.get(path.getFirst());
    for (String name : path.subList(1, path.size())) {
      value = value == null ? null : value.get(name);
    }
    String name = String.join(".", path);
    if (value == null) {
      fields.put(name, "");
    } else {
      fields.put(name, path.getFirst().equals("secrets") ? written(digest(value)) : shown(value));
    }
  }

  @SuppressWarnings("unchecked")
  private void addFiles(String id, Processor<?> processor, Record options, Look look)
      throws IOException {
    var files = new LinkedHashSet<>(NamedFiles.in(options));
    files.addAll(((Processor<Record>) processor).files(options));
    for (Path file : files) {
      fields.put(id + ".files." + run.display(file), NamedFiles.identity(file, look));
    }
  }

  WorkKey.Work work() {
    return WorkKey.Work.of(fields);
  }

  /** What waits on disk, told by its bytes. */
  static String content(Spool spool) throws IOException {
    var parts = new TreeMap<String, String>();
    for (Spool.Part part : spool.parts()) {
      parts.put("%09d".formatted(parts.size()), part.lineBase() + " " + content(part));
    }
    return WorkKey.Work.of(parts).digest();
  }

  /** SHA-256 of a part's bytes. */
  static String content(Spool.Part part) throws IOException {
    return part.digest().isEmpty() ? Segments.of(part.file()).digest() : part.digest();
  }

  private String shown(JsonNode value) {
    boolean secret = !run.masks().hide(value).equals(value);
    return written(secret ? digest(value) : value);
  }

  private static JsonNode digest(JsonNode secret) {
    byte[] bytes = ("secret " + secret).getBytes(StandardCharsets.UTF_8);
    try {
      return text("sha256:" + Segments.of(new ByteArrayInputStream(bytes)).digest());
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static JsonNode text(String value) {
    return JsonNodeFactory.instance.stringNode(value);
  }

  private static String written(JsonNode value) {
    return value.isString() ? value.stringValue() : value.toString();
  }
}
