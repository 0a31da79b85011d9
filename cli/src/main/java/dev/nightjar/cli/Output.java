package dev.nightjar.cli;

/** The form of results. */
enum Output {
  TEXT,
  JSON;

  static final Syntax.Option OPTION =
      Syntax.Option.value("--output", "text|json", "For people or for programs; default text.");

  static Output of(Arguments arguments) {
    String word = arguments.text("--output");
    return switch (word == null ? "text" : word) {
      case "text" -> TEXT;
      case "json" -> JSON;
      default -> throw new WrongUsage("`--output` needs `text` or `json`, not `" + word + "`");
    };
  }
}
