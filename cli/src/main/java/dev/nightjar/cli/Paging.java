package dev.nightjar.cli;

import dev.nightjar.store.Store;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;

/** Long lists, a page at a time. */
final class Paging {

  /** A screenful. */
  private static final int LIMIT = 20;

  static final List<Syntax.Option> OPTIONS =
      List.of(
          Syntax.Option.value("--limit", "N", "At most so many; default 20."),
          Syntax.Option.value(
              "--cursor",
              "CURSOR",
              "Go on where an earlier page ended; with --output json its last line is"
                  + " {\"next_cursor\": \"...\"} when there are more."));

  private Paging() {}

  static int limit(Arguments arguments) {
    return arguments.positive("--limit", LIMIT);
  }

  static @Nullable String cursor(Arguments arguments) {
    return arguments.text("--cursor");
  }

  /** Says how to see the rest; nothing when there is none. */
  static void printNext(Store.Page<?> page, Output output, Console console) {
    String next = page.next();
    if (next == null) {
      return;
    }
    switch (output) {
      case TEXT -> console.say("there are more: add --cursor " + next);
      case JSON ->
          console.print(JsonNodeFactory.instance.objectNode().put("next_cursor", next) + "\n");
    }
  }
}
