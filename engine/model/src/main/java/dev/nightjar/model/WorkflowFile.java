package dev.nightjar.model;

import dev.nightjar.model.diagnostic.Code;
import dev.nightjar.model.diagnostic.Suggestions;
import dev.nightjar.model.expression.Interpolation;
import dev.nightjar.model.expression.Type;
import dev.nightjar.model.options.PluginDeclaration;
import dev.nightjar.model.yaml.YamlNode;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads the top level of a workflow. */
final class WorkflowFile {

  private final Reading reading;
  private final Section top;

  WorkflowFile(Reading reading, Section top) {
    this.reading = reading;
    this.top = top;
  }

  /** Null when there is no name; not to be used when there are mistakes. */
  @Nullable Workflow read() {
    top.required("name", "lower-case letters, digits and `-`, as in `clean-orders`");
    String name = top.name("name", Reading.WORKFLOW);
    String description = top.text("description");
    readTimeouts();
    List<InputDeclaration> inputs = new InputsReader(reading).read(top);
    List<Workflow.SecretDeclaration> secrets = secrets();
    List<String> secretNames = secrets.stream().map(Workflow.SecretDeclaration::name).toList();
    Map<String, Type> withoutEnv = Names.global(inputs, secretNames, List.of());
    Map<String, Interpolation> env = env(withoutEnv);
    Map<String, Type> names = Names.global(inputs, secretNames, envNames());
    List<Trigger> triggers = new TriggersReader(reading, inputs, secretNames, names).read(top);
    Workflow.Concurrency concurrency = concurrency(name);
    Map<String, String> plugins = plugins();
    var steps = new WorkflowSteps(reading, top, names, defaults());
    steps.read();
    Map<String, ValueTemplate> outputs = outputs(steps.namesAfter());
    top.finish("a workflow");
    return name == null
        ? null
        : new Workflow(
            reading.file(),
            name,
            description,
            inputs,
            triggers,
            concurrency,
            Map.copyOf(reading.timeouts()),
            env,
            secrets,
            plugins,
            steps.main(),
            steps.onFailure(),
            steps.onSuccess(),
            steps.last(),
            outputs);
  }

  private void readTimeouts() {
    var named = new LinkedHashMap<String, Duration>();
    top.entries(
        "timeouts",
        (key, value) -> {
          reading.name(key, Reading.VARIABLE);
          if (value instanceof YamlNode.Scalar scalar) {
            Duration duration = reading.duration(scalar, "`" + key.text() + "`");
            named.put(key.text(), duration == null ? Duration.ZERO : duration);
          } else {
            Section.wrongType(value, "`" + key.text() + "`", "a duration", reading.diagnostics());
          }
        });
    reading.timeouts().putAll(named);
  }

  private StepDefaults defaults() {
    Section section = top.section("defaults");
    if (section == null) {
      return StepDefaults.NONE;
    }
    var defaults =
        new StepDefaults(
            section.duration("timeout"), reading.retry(section), section.count("parallelism"));
    section.finish("`defaults`");
    return defaults;
  }

  private Workflow.@Nullable Concurrency concurrency(@Nullable String workflow) {
    Section section = top.section("concurrency");
    if (section == null) {
      return null;
    }
    String pool = section.name("pool", Reading.WORKFLOW);
    Integer limit = section.count("limit");
    Workflow.Overlap overlap = section.word("overlap", Workflow.Overlap.class);
    section.finish("`concurrency`");
    return new Workflow.Concurrency(
        pool != null ? pool : workflow != null ? workflow : "",
        limit == null ? 1 : limit,
        overlap == null ? Workflow.Overlap.QUEUE : overlap);
  }

  private List<String> envNames() {
    return top.value("env") instanceof YamlNode.Mapping map
        ? List.copyOf(map.entries().keySet())
        : List.of();
  }

  private Map<String, Interpolation> env(Map<String, Type> names) {
    var env = new LinkedHashMap<String, Interpolation>();
    top.entries(
        "env",
        (key, value) -> {
          reading.name(key, Reading.VARIABLE);
          if (value instanceof YamlNode.Scalar scalar) {
            Interpolation text = reading.interpolation(scalar, names);
            if (text != null) {
              env.put(key.text(), text);
            }
          } else {
            Section.wrongType(value, "`" + key.text() + "`", "text", reading.diagnostics());
          }
        });
    return Collections.unmodifiableMap(env);
  }

  private List<Workflow.SecretDeclaration> secrets() {
    var secrets = new ArrayList<Workflow.SecretDeclaration>();
    if (top.value("secrets") instanceof YamlNode.Sequence) {
      var known = new HashSet<String>();
      for (YamlNode.Scalar name : top.names("secrets")) {
        reading.name(name, Reading.VARIABLE);
        if (known.add(name.text())) {
          secrets.add(new Workflow.SecretDeclaration(name.place(), name.text(), name.text(), null));
        }
      }
      return List.copyOf(secrets);
    }
    top.entries("secrets", (name, value) -> secrets.add(secret(name, value)));
    return List.copyOf(secrets);
  }

  private Workflow.SecretDeclaration secret(YamlNode.Scalar name, YamlNode value) {
    reading.name(name, Reading.VARIABLE);
    String env = null;
    Path file = null;
    Section section = Section.of(value, "a secret", reading);
    if (section != null) {
      env = section.name("env", Reading.VARIABLE);
      file = file(section);
      if (section.has("env") == section.has("file")) {
        reading.error(
            Code.MISSING_KEY,
            name.place(),
            "a secret comes from one of `env` and `file`",
            "write `{env: NAME}` or `{file: PATH}`");
      }
      section.finish("a secret");
    }
    return new Workflow.SecretDeclaration(name.place(), name.text(), env, file);
  }

  private @Nullable Path file(Section section) {
    YamlNode.Scalar scalar = section.scalar("file", "a path");
    if (scalar == null) {
      return null;
    }
    try {
      Path folder = Objects.requireNonNull(reading.file().getParent());
      return folder.resolve(scalar.text()).normalize();
    } catch (InvalidPathException e) {
      reading.error(Code.BAD_VALUE, scalar.place(), "this is no path: " + e.getReason());
      return null;
    }
  }

  private Map<String, String> plugins() {
    var ranges = new LinkedHashMap<String, String>();
    top.entries(
        "plugins",
        (id, value) -> {
          if (value instanceof YamlNode.Scalar range) {
            checkPlugin(id, range);
            ranges.put(id.text(), range.text());
          } else {
            Section.wrongType(
                value, "`" + id.text() + "`", "a version range", reading.diagnostics());
          }
        });
    return Collections.unmodifiableMap(ranges);
  }

  private void checkPlugin(YamlNode.Scalar id, YamlNode.Scalar written) {
    List<PluginDeclaration> plugins = reading.catalog().plugins();
    PluginDeclaration plugin =
        plugins.stream().filter(one -> one.id().equals(id.text())).findFirst().orElse(null);
    try {
      VersionRange range = VersionRange.parse(written.text());
      if (plugin != null && !range.contains(plugin.version())) {
        reading.error(
            Code.UNMET_PLUGIN,
            written.place(),
            "the plugin `"
                + id.text()
                + "` is installed in version "
                + plugin.version()
                + ", which is not "
                + written.text());
      }
    } catch (IllegalArgumentException e) {
      reading.error(
          Code.BAD_VALUE,
          written.place(),
          String.valueOf(e.getMessage()),
          "write \">=1.2 <2\", or one version");
    }
    if (plugin == null) {
      List<String> ids = plugins.stream().map(PluginDeclaration::id).toList();
      reading.error(
          Code.UNMET_PLUGIN,
          id.place(),
          "no plugin `" + Reading.shortened(id.text()) + "` is installed",
          Suggestions.hint(id.text(), ids, "there are: " + Reading.list(ids)));
    }
  }

  private Map<String, ValueTemplate> outputs(Map<String, Type> names) {
    var outputs = new LinkedHashMap<String, ValueTemplate>();
    top.entries(
        "outputs",
        (name, value) -> {
          reading.name(name, Reading.ID);
          ValueTemplate template = reading.template(value, names);
          if (template != null) {
            outputs.put(name.text(), template);
          }
        });
    return Collections.unmodifiableMap(outputs);
  }
}
