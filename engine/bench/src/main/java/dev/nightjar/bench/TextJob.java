package dev.nightjar.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Lines of a log, trimmed, changed and searched: by Nightjar, by hand, by the usual tools. */
record TextJob(Settings settings, Programs programs, Rounds rounds, PrintStream out) {

  private static final String BY_HAND = "by hand, two threads";

  /** As bytes, which is when they are fastest; arguments: the log and the file to write. */
  private static final String SED_GREP =
      "LC_ALL=C sed -e 's/^[ \\t\\r\\v\\f]*//; s/[ \\t\\r\\v\\f]*$//; /^$/d; s/session=/s=/g' \"$0\""
          + " | LC_ALL=C grep -F -e '\" 500 ' -e /wp-login.php -e /.env -e /../ -e 万年筆 > \"$1\"";

  private static final String AWK = "LC_ALL=C $0 -f \"$1\" \"$2\" > \"$3\"";

  /** Gives ratios by name, for {@link Baseline}. */
  Map<String, Double> run() throws IOException, InterruptedException {
    Path log = LogData.file(settings.folder(), settings.mebibytes());
    Path workflow = programs.resource("text.yaml");
    Path kept = file("by-hand.log");
    Path rejected = file("by-hand-rejected.log");
    var candidates =
        Candidates.of(
            programs.java(BY_HAND, HandWrittenText.class, log, kept, rejected),
            nightjar("nightjar", workflow, log),
            nightjar("nightjar, -Xmx64m", workflow, log).with("NIGHTJAR_OPTS", "-Xmx64m"));
    Map<String, Path> written = addOthers(candidates, log);
    Map<String, Usage> figures = rounds.of(candidates);
    long lines = Outcome.lines(log);
    var table = new Table("Text", BY_HAND, lines, Files.size(log));
    table.print(figures, out);
    candidates.printAbsent(out);
    out.printf("%n%,d lines of %,d bytes", lines, Files.size(log));
    compare(kept, rejected);
    out.printf("%n%s", new Outcome(kept).compared(written, figures.keySet()));
    return table.ratios(figures);
  }

  private Command nightjar(String name, Path workflow, Path log) {
    return programs.nightjar(name, "run", workflow, "-q", "--input", "source=" + log);
  }

  /** Gives where they write, by name. */
  private Map<String, Path> addOthers(Candidates candidates, Path log) throws IOException {
    var written = new LinkedHashMap<String, Path>();
    Path script = programs.resource("text.awk");
    for (String awk : new String[] {"mawk", "gawk"}) {
      written.put(awk, file(awk + ".log"));
      candidates.ifThere(
          programs.command(awk, "bash", "-c", AWK, awk, script, log, file(awk + ".log")), awk);
    }
    Path sed = file("sed.log");
    Path python = file("python.log");
    Path node = file("node.log");
    written.put("sed and grep", sed);
    written.put("Python", python);
    written.put("Node", node);
    candidates.ifThere(
        programs.command("sed and grep", "bash", "-c", SED_GREP, log, sed), "sed", "grep");
    candidates.ifThere(
        programs.command("Python", "python3", programs.resource("text.py"), log, python),
        "python3");
    candidates.ifThere(
        programs.command("Node", "node", programs.resource("text.mjs"), log, node), "node");
    return written;
  }

  private Path file(String name) {
    return programs.folder().resolve(name);
  }

  private void compare(Path kept, Path rejected) throws IOException {
    Path results = programs.folder().resolve("out");
    boolean same = new Outcome(kept).isThatOf(results.resolve("access.log"));
    long aside = Outcome.lines(rejected);
    boolean asMany = aside == Outcome.lines(results.resolve("not-utf8.ndjson"));
    out.printf(
        ", %,d kept, %,d not UTF-8. Nightjar's result is %s by hand, rejects are %s.%n",
        Outcome.lines(kept),
        aside,
        same ? "byte for byte that" : "NOT that",
        asMany ? "as many" : "NOT as many");
    if (!same || !asMany) {
      throw new IllegalStateException("the results differ, so the figures mean nothing");
    }
  }
}
