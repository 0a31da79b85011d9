package dev.nightjar.daemon.view;

import dev.nightjar.model.WorkflowOutline;
import dev.nightjar.model.diagnostic.SourceText;
import dev.nightjar.runtime.journal.Event;
import dev.nightjar.runtime.journal.StepGraph;
import dev.nightjar.runtime.journal.TimeAxis;
import dev.nightjar.runtime.journal.Timeline;
import dev.nightjar.store.StoredRun;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A remembered run as one HTML file that asks nobody for anything: the page is a resource, the run
 * is put into it as JSON, and its script writes text, never markup. Nothing that a run has said can
 * become a part of the page.
 */
public final class RunPage {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** As the page's script knows them, by number. */
  private static final List<Level> LEVELS =
      List.of(Level.ERROR, Level.WARN, Level.INFO, Level.DEBUG, Level.TRACE);

  private static final String TITLE = "{{title}}";
  private static final String STYLE = "{{style}}";
  private static final String SCRIPT = "{{script}}";
  private static final String SCRIPT_HASH = "{{script-hash}}";
  private static final String DATA = "{{data}}";

  private final Timeline timeline;
  private final StoredRun run;
  private final Instant now;
  private final @Nullable String workflow;
  private final Map<String, List<String>> samples;

  /**
   * A page.
   *
   * @param now when it is made
   * @param workflow the text of the workflow's file; null when the store has lost it
   * @param samples first lines of files of rejects, by path
   */
  public RunPage(
      Timeline timeline,
      StoredRun run,
      Instant now,
      @Nullable String workflow,
      Map<String, List<String>> samples) {
    this.timeline = timeline;
    this.run = run;
    this.now = now;
    this.workflow = workflow;
    this.samples = samples;
  }

  /** All of the file. */
  public String html() {
    String script = resource("run.js");
    Map<String, String> parts = new LinkedHashMap<>();
    parts.put(TITLE, text(run.workflow() + " · run " + run.id()));
    parts.put(STYLE, resource("export.css") + resource("run.css"));
    parts.put(SCRIPT_HASH, hash(script));
    parts.put(SCRIPT, script);
    parts.put(DATA, embedded(data()));
    return filled(resource("run.html"), parts);
  }

  /** In one pass, so that nothing which is put in is looked at for places to fill. */
  private static String filled(String template, Map<String, String> parts) {
    var out = new StringBuilder();
    int at = 0;
    for (int open = template.indexOf("{{"); open >= 0; open = template.indexOf("{{", at)) {
      int end = template.indexOf("}}", open) + 2;
      String place = template.substring(open, end);
      out.append(template, at, open);
      out.append(Objects.requireNonNull(parts.get(place), place));
      at = end;
    }
    return out.append(template, at, template.length()).toString();
  }

  private static String resource(String name) {
    try (InputStream in = RunPage.class.getResourceAsStream(name)) {
      byte[] bytes = Objects.requireNonNull(in, name).readAllBytes();
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the page's policy lets run: this script and no other. */
  private static String hash(String script) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static String text(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  /** JSON that cannot end the element it stands in, nor begin another one. */
  private static String embedded(ObjectNode json) {
    return json.toString()
        .replace("<", "\\u003c")
        .replace(">", "\\u003e")
        .replace("&", "\\u0026")
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029");
  }

  private ObjectNode data() {
    ObjectNode json = TimelineJson.withoutLogs(timeline, run);
    json.put("exported", now.toString());
    json.set("axis", axis());
    json.set("graph", graph());
    logs(json);
    if (workflow != null) {
      json.put("text", workflow);
    }
    ObjectNode lines = json.putObject("reject_lines");
    samples.forEach((path, some) -> lines.set(path, TimelineJson.texts(some)));
    return json;
  }

  private ArrayNode axis() {
    ArrayNode json = JSON.arrayNode();
    for (TimeAxis.Piece piece : Timelines.axis(timeline, run.state(), now).pieces()) {
      json.addObject()
          .put("from", piece.from().toString())
          .put("to", piece.to().toString())
          .put("start", piece.start())
          .put("end", piece.end())
          .put("cut", piece.cut());
    }
    return json;
  }

  private ArrayNode graph() {
    var outline = WorkflowOutline.read(new SourceText("", workflow == null ? "" : workflow));
    ArrayNode json = JSON.arrayNode();
    for (StepGraph.Block block : StepGraph.of(outline, timeline).blocks()) {
      ObjectNode one = json.addObject().put("name", block.name()).put("around", block.around());
      ArrayNode nodes = one.putArray("nodes");
      block
          .nodes()
          .forEach(node ->
              nodes
                  .addObject()
                  .put("path", node.path())
                  .put("id", node.id())
                  .put("uses", node.uses()));
      ArrayNode edges = one.putArray("edges");
      block
          .edges()
          .forEach(edge ->
              edges
                  .addObject()
                  .put("from", edge.from())
                  .put("to", edge.to())
                  .put("reads", edge.reads()));
    }
    return json;
  }

  /** Each line an array, steps by number: a hundred thousand of them stay a small file. */
  private void logs(ObjectNode json) {
    Map<String, Integer> numbers = new LinkedHashMap<>();
    ArrayNode lines = json.putArray("logs");
    for (Event.Logged line : timeline.logs()) {
      int step = numbers.computeIfAbsent(line.step(), name -> numbers.size());
      ArrayNode one =
          lines
              .addArray()
              .add(line.at().toEpochMilli())
              .add(LEVELS.indexOf(line.level()))
              .add(step)
              .add(line.message());
      if (line.data() != null) {
        one.add(line.data().toString());
      }
    }
    json.set("log_steps", TimelineJson.texts(numbers.keySet()));
  }
}
