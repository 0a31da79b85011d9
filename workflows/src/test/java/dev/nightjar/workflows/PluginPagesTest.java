package dev.nightjar.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.nightjar.model.options.PluginDeclaration;
import dev.nightjar.model.options.ReferencePage;
import dev.nightjar.model.options.SchemaWriter;
import dev.nightjar.stage.plugin.PluginHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is written from the plugins' declarations: the reference pages and the schema for editors.
 * {@code mvn verify -Dpages=write} writes the pages anew.
 */
class PluginPagesTest {

  private static final boolean WRITE = "write".equals(System.getProperty("nightjar.pages"));

  @TempDir Path folder;

  private PluginHost plugins;

  @BeforeEach
  void open() {
    plugins = PluginHost.open(CommandLine.PLUGINS, folder, null);
    assertThat(plugins.problems()).isEmpty();
  }

  @AfterEach
  void close() {
    plugins.close();
  }

  @Test
  void everyPluginHasItsPage() throws IOException {
    List<PluginDeclaration> declarations = plugins.catalog().plugins();

    assertThat(declarations.stream().map(PluginDeclaration::id))
        .containsExactlyInAnyOrderElementsOf(modules());
    for (PluginDeclaration plugin : declarations) {
      Path page = CommandLine.CLONE.resolve("plugins").resolve(plugin.id()).resolve("README.md");
      if (WRITE) {
        Files.writeString(page, ReferencePage.of(plugin));
      }
      assertThat(page)
          .as("run `mvn verify -Dpages=write` after a change of a declaration")
          .hasContent(ReferencePage.of(plugin));
    }
  }

  /** The folders of plugins: each makes one. */
  private static List<String> modules() throws IOException {
    try (Stream<Path> folders = Files.list(CommandLine.CLONE.resolve("plugins"))) {
      return folders
          .filter(folder -> Files.exists(folder.resolve("pom.xml")))
          .map(folder -> folder.getFileName().toString())
          .toList();
    }
  }

  @Test
  void editorsFindNoMistakeInTheExamples() throws IOException {
    Schema schema = schema();

    for (Path example : examples()) {
      assertThat(mistakes(schema, Files.readString(example))).as("%s", example).isEmpty();
    }
  }

  @Test
  void editorsFindMistakes() {
    assertThat(
            mistakes(
                schema(),
                """
                name: wrong
                steps:
                  - uses: file.read
                    with: {pat: data.txt}
                """))
        .isNotEmpty();
  }

  private Schema schema() {
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
        .getSchema(SchemaWriter.write(plugins.catalog()));
  }

  private static List<Error> mistakes(Schema schema, String workflow) {
    return schema.validate(workflow, InputFormat.YAML);
  }

  private static List<Path> examples() throws IOException {
    try (Stream<Path> folders = Files.list(CommandLine.CLONE.resolve("workflows"))) {
      return folders
          .map(folder -> folder.resolve("workflow.yaml"))
          .filter(Files::exists)
          .sorted()
          .toList();
    }
  }
}
