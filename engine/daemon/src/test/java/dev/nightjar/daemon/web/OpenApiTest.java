package dev.nightjar.daemon.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class OpenApiTest {

  private static Sample sample;
  private static JsonNode api;

  @BeforeAll
  static void start() throws IOException {
    sample = new Sample();
    api = Sample.json(sample.get(Role.VIEWER, "/api/v1/openapi.json"));
  }

  @AfterAll
  static void stop() {
    sample.close();
  }

  /** {@code GET /path} of each operation. */
  private static Set<String> operations() {
    Set<String> found = new TreeSet<>();
    api.path("paths")
        .forEachEntry((path, item) ->
            item.propertyNames()
                .forEach(method -> found.add(method.toUpperCase(Locale.ROOT) + " " + path)));
    return found;
  }

  @Test
  void everyRouteIsDescribedAndNothingElse() {
    Set<String> expected =
        new TreeSet<>(
            Set.of(
                "GET /health",
                "GET /api/v1/openapi.json",
                "GET /api/v1/session",
                "POST /session",
                "DELETE /session",
                "GET /api/v1/runs/{run}",
                "DELETE /api/v1/runs/{run}",
                "GET /api/v1/runs/latest",
                "POST /api/v1/runs",
                "POST /hooks/{name}",
                "GET /api/v1/bug",
                "GET /api/v1/slow",
                "GET /api/v1/large",
                "GET /api/v1/file",
                "GET /api/v1/events",
                "GET /api/v1/flood"));

    assertThat(operations()).isEqualTo(expected);
  }

  @Test
  void whatIsDescribedAsClosedIsClosedAndWhatIsOpenIsOpen() {
    for (String operation : operations()) {
      String method = operation.substring(0, operation.indexOf(' '));
      String path = operation.substring(method.length() + 1);
      JsonNode security = at(method, path).path("security");
      int status =
          sample
              .send(
                  sample
                      .to(path.replaceAll("\\{[a-z]+\\}", "x"))
                      .method(method, BodyPublishers.noBody()))
              .statusCode();
      assertThat(status == 401).as(operation).isEqualTo(!security.isEmpty());
    }
  }

  private static JsonNode at(String method, String path) {
    return api.path("paths").path(path).path(method.toLowerCase(Locale.ROOT));
  }

  @Test
  void keepsTheRulesOfOpenApi() {
    assertThat(api.path("openapi").asString()).startsWith("3.1.");
    assertThat(api.path("info").path("version").asString()).isEqualTo("1.2.3");
    Set<String> ids = new TreeSet<>();
    for (String operation : operations()) {
      String method = operation.substring(0, operation.indexOf(' '));
      String path = operation.substring(method.length() + 1);
      JsonNode described = at(method, path);
      assertThat(ids.add(described.path("operationId").asString())).as(operation).isTrue();
      assertThat(described.path("summary").asString()).as(operation).endsWith(".");
      assertThat(described.path("responses").size()).as(operation).isGreaterThan(1);
      for (JsonNode response : described.path("responses")) {
        assertThat(response.path("description").asString()).as(operation).isNotEmpty();
      }
      Set<String> variables = new TreeSet<>();
      for (JsonNode parameter : described.path("parameters")) {
        assertThat(parameter.path("schema").isObject()).as(operation).isTrue();
        if (parameter.path("in").asString().equals("path")) {
          assertThat(parameter.path("required").asBoolean()).isTrue();
          variables.add("{" + parameter.path("name").asString() + "}");
        }
      }
      assertThat(variables)
          .as(operation)
          .isEqualTo(
              new TreeSet<>(
                  new PathTemplate(path)
                      .segments().stream().filter(PathTemplate::isVariable).toList()));
    }
    for (JsonNode schemas : List.of(api.path("components").path("schemas"))) {
      schemas.forEach(schema -> assertThat(schema.isObject()).isTrue());
    }
    assertReferencesLeadSomewhere(api);
  }

  private static void assertReferencesLeadSomewhere(JsonNode node) {
    String reference = node.path("$ref").asString("");
    if (!reference.isEmpty()) {
      assertThat(api.at(reference.substring(1)).isObject()).as(reference).isTrue();
    }
    node.forEach(OpenApiTest::assertReferencesLeadSomewhere);
  }

  @Test
  void whatIsAnsweredIsWhatIsDescribed() {
    check("GET", "/api/v1/runs/{run}", sample.get(Role.VIEWER, "/api/v1/runs/a?limit=3"));
    check("GET", "/api/v1/runs/latest", sample.get(Role.VIEWER, "/api/v1/runs/latest"));
    check("GET", "/api/v1/large", sample.get(Role.VIEWER, "/api/v1/large"));
    check("GET", "/api/v1/session", sample.get(Role.VIEWER, "/api/v1/session"));
    check("GET", "/health", sample.get(Role.VIEWER, "/health"));
    check("GET", "/api/v1/bug", sample.get(Role.VIEWER, "/api/v1/bug"));
    check("GET", "/api/v1/runs/{run}", sample.get(Role.VIEWER, "/api/v1/runs/a?limit=x"));
    check(
        "DELETE",
        "/api/v1/runs/{run}",
        sample.send(sample.as(Role.VIEWER, "/api/v1/runs/a").DELETE()));
    check(
        "POST",
        "/api/v1/runs",
        sample.send(
            sample
                .as(Role.OPERATOR, "/api/v1/runs")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"a\": 1}"))));
  }

  private static void check(String method, String path, HttpResponse<String> response) {
    JsonNode responses = at(method, path).path("responses");
    JsonNode described = responses.path(String.valueOf(response.statusCode()));
    JsonNode content =
        (described.isObject() ? described : responses.path("default")).path("content");
    String type = response.headers().firstValue("Content-Type").orElseThrow();
    assertThat(content.has(type)).as(method + " " + path + " answers " + type).isTrue();
    assertThat(mistakes(content.path(type).path("schema"), Sample.json(response))).isEmpty();
  }

  private static List<Error> mistakes(JsonNode schema, JsonNode value) {
    // References are to the document around; here its schemas stand beside.
    ObjectNode whole = ((ObjectNode) schema).deepCopy();
    whole.set("$defs", api.path("components").path("schemas"));
    String text = whole.toString().replace("#/components/schemas/", "#/$defs/");
    Schema compiled =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(text);
    return compiled.validate(value);
  }

  @Test
  void theCheckWouldSeeAMistake() {
    JsonNode schema = JsonSchema.ref("Run");

    assertThat(mistakes(schema, Sample.object().put("run", "a"))).isEmpty();
    assertThat(mistakes(schema, Sample.object().put("run", 1))).isNotEmpty();
    assertThat(mistakes(schema, Sample.object().put("run", "a").put("more", 1))).isNotEmpty();
  }
}
