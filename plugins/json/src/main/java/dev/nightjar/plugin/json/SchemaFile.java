package dev.nightjar.plugin.json;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.PathType;
import com.networknt.schema.serialization.NodeReader;
import dev.nightjar.spi.PermanentFailure;
import dev.nightjar.spi.Rejected;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads a schema and all that it refers to; whatever is wrong is told before any data is read. */
final class SchemaFile implements NodeReader {

  private static final int MAX_MISTAKES = 5;

  private final String name;
  private final JsonMapper mapper =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private SchemaFile(String name) {
    this.name = name;
  }

  /**
   * Compiles a schema.
   *
   * @param name what messages call the file
   * @param fast whether a plain schema may be checked without the library
   * @throws PermanentFailure naming the file and what is wrong
   */
  static SchemaCheck compile(Path file, String name, boolean formats, boolean fast)
      throws IOException {
    byte[] bytes = SchemaFolder.read(file, name);
    var reader = new SchemaFile(name);
    try {
      JsonNode root = reader.tree(bytes);
      var schema = reader.compile(file, root, formats);
      return new SchemaCheck(schema, name, fast ? PlainCompiler.compile(root, formats) : null);
    } catch (PermanentFailure e) {
      throw e;
    } catch (StackOverflowError e) {
      throw new PermanentFailure(name + ": the schema refers to itself without end", e);
    } catch (RuntimeException e) {
      throw failure(name, e);
    }
  }

  /**
   * The files that a schema refers to, by way of others, too; none when it is no valid schema.
   *
   * @throws IOException when they cannot be told
   */
  static List<Path> referred(Path file) throws IOException {
    String name = file.toString();
    var reader = new SchemaFile(name);
    try {
      JsonNode root = reader.tree(SchemaFolder.read(file, name));
      var folder = SchemaFolder.of(file, name, root.path("$id").asString(""));
      reader.compile(file, root, false, folder);
      return folder.read();
    } catch (RuntimeException | StackOverflowError broken) {
      // The step will say what is wrong with it.
      return List.of();
    }
  }

  private Schema compile(Path file, JsonNode root, boolean formats) throws IOException {
    return compile(file, root, formats, SchemaFolder.of(file, name, root.path("$id").asString("")));
  }

  private Schema compile(Path file, JsonNode root, boolean formats, SchemaFolder folder) {
    var expressions = new LinearExpressions();
    var registry = registry(folder, expressions, formats);
    checkAgainstItsOwnSchema(registry, root);
    var location = SchemaLocation.of(SchemaFolder.BASE + encoded(file));
    var schema = registry.getSchema(location, root);
    schema.initializeValidators();
    fail(expressions.compiled());
    return schema;
  }

  private SchemaRegistry registry(
      SchemaFolder folder, LinearExpressions expressions, boolean formats) {
    var config =
        SchemaRegistryConfig.builder()
            .regularExpressionFactory(expressions)
            .pathType(PathType.JSON_POINTER)
            .locale(Locale.ROOT)
            .formatAssertionsEnabled(formats)
            .preloadSchema(false)
            .build();
    return SchemaRegistry.withDefaultDialect(
        SpecificationVersion.DRAFT_2020_12,
        builder ->
            builder
                .schemaLoader(loader ->
                    loader.allow(folder::allows).resourceLoaders(loaders -> loaders.add(folder)))
                .nodeReader(this)
                .schemaRegistryConfig(config));
  }

  private void checkAgainstItsOwnSchema(SchemaRegistry registry, JsonNode root) {
    String dialect =
        root.path("$schema").asString(SpecificationVersion.DRAFT_2020_12.getDialectId());
    Schema meta = registry.getSchema(SchemaLocation.of(dialect));
    fail(meta.validate(root).stream().map(SchemaFile::text).toList());
  }

  private void fail(List<String> mistakes) {
    if (!mistakes.isEmpty()) {
      int more = mistakes.size() - MAX_MISTAKES;
      throw new PermanentFailure(
          name
              + " is no valid JSON Schema: "
              + String.join("; ", mistakes.subList(0, Math.min(mistakes.size(), MAX_MISTAKES)))
              + (more > 0 ? "; and " + more + " more" : ""));
    }
  }

  /** {@code /properties/price/type: …}, and {@code the schema} for its root. */
  private static String text(Error error) {
    String pointer = error.getInstanceLocation().toString();
    return (pointer.isEmpty() ? "the whole" : pointer) + ": " + error.getMessage();
  }

  private static String encoded(Path file) {
    return String.valueOf(file.getFileName())
        .replace("%", "%25")
        .replace("#", "%23")
        .replace("?", "%3F");
  }

  @Override
  public JsonNode readTree(String content, InputFormat format) {
    return tree(content.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public JsonNode readTree(InputStream content, InputFormat format) {
    try {
      return tree(content.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private JsonNode tree(byte[] json) {
    return CheckedTree.of(mapper.readTree(json));
  }

  private static PermanentFailure failure(String name, RuntimeException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof PermanentFailure known) {
        return known;
      }
      if (cause instanceof JacksonException json) {
        var place = json.getLocation();
        String at = place == null ? "" : ":" + place.getLineNr() + ":" + place.getColumnNr();
        return new PermanentFailure(name + at + ": " + json.getOriginalMessage(), e);
      }
    }
    String reason = e instanceof Rejected rejected ? rejected.reason() : e.getMessage();
    return new PermanentFailure(name + " is no valid JSON Schema: " + reason, e);
  }
}
