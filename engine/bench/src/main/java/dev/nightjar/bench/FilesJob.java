package dev.nightjar.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Many small files, read, parsed, checked and counted: by Nightjar, by hand, by others. */
record FilesJob(Settings settings, Programs programs, Rounds rounds, PrintStream out) {

  private static final String BY_HAND = "by hand, two threads";

  /** The files of the data are a line each, so that jq goes on behind one that is no JSON. */
  private static final String JQ =
      "find \"$0\" -name '*.json' -print0 | xargs -0 jq -R 'fromjson? | select("
          + "(.id|type) == \"string\" and (.customer.name|type) == \"string\""
          + " and (.total|type) == \"number\") | 1' | wc -l";

  /** Gives ratios by name, for {@link Baseline}. */
  Map<String, Double> run() throws IOException, InterruptedException {
    Path folder = OrderData.files(settings.folder(), settings.files());
    Command hand = programs.java(BY_HAND, HandWrittenFiles.class, folder);
    Command trees = programs.java("Jackson trees, virtual threads", JacksonFiles.class, folder);
    Command python = programs.command("Python", "python3", programs.resource("files.py"), folder);
    Command jq = programs.command("jq", "bash", "-c", JQ, folder);
    Command nightjar = nightjar("nightjar", folder);
    var candidates =
        Candidates.of(
                hand,
                nightjar,
                nightjar("nightjar, -Xmx64m", folder).with("NIGHTJAR_OPTS", "-Xmx64m"),
                trees)
            .ifThere(python, "python3")
            .ifThere(jq, "jq", "find", "xargs");
    Map<String, Usage> figures = rounds.of(candidates);
    var table = new Table("Files", BY_HAND, settings.files(), 0);
    table.print(figures, out);
    candidates.printAbsent(out);
    compare(candidates, hand);
    return table.ratios(figures);
  }

  private Command nightjar(String name, Path folder) throws IOException {
    Path workflow = programs.resource("files.yaml");
    return programs.nightjar(name, "run", workflow, "-q", "--input", "folder=" + folder);
  }

  /** Runs each once more for what it counts, as one overwrites what another has printed. */
  private void compare(Candidates candidates, Command hand)
      throws IOException, InterruptedException {
    hand.run();
    String[] expected = hand.printed().strip().split(" ", -1);
    out.printf("%n%s orders, %s files that are none.%n", expected[0], expected[1]);
    for (Candidate candidate : candidates.all()) {
      candidate.command().run();
      String counted =
          candidate.name().startsWith("nightjar")
              ? counted()
              : candidate.command().printed().strip().split(" ", -1)[0];
      if (!counted.equals(expected[0])) {
        throw new IllegalStateException(
            candidate.name() + " counts " + counted + ", so the figures mean nothing");
      }
    }
  }

  private String counted() throws IOException {
    Path results = programs.folder().resolve("out");
    String text = Files.readString(results.resolve("count.json"));
    return JsonMapper.shared().readTree(text).path("count").asString();
  }
}
