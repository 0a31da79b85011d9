package dev.nightjar.model.diagnostic;

import java.util.Locale;

/** The kinds of mistakes, each with what {@code nightjar explain} tells of it. */
public enum Code {
  UNREADABLE_FILE("The file cannot be opened, or is no regular file."),
  NOT_UTF8("A workflow file is UTF-8 text. The place is the first byte that is not."),
  TOO_LARGE(
      "A workflow file is at most 1 MiB, and at most 200,000 nodes once aliases are expanded."),
  TOO_DEEP("Lists and maps nest at most 100 levels."),
  YAML_SYNTAX("The file is not YAML 1.2."),
  TAB("YAML is indented with spaces; a tab has no agreed width."),
  DUPLICATE_KEY("A map names each key once; YAML would silently keep one of the two."),
  UNKNOWN_TAG("Tags such as !!python/object are not part of the language."),
  UNKNOWN_ALIAS("An alias *name needs an anchor &name above it."),
  MANY_DOCUMENTS("One file holds one workflow: there is a second document after ---."),
  EMPTY_FILE("The file holds no workflow."),
  WRONG_TYPE("A value is of another type than its key takes."),
  UNKNOWN_KEY("The language has no such key here."),
  MISSING_KEY("A required key is not there."),
  BAD_NAME("Names have a fixed form: ids [a-z][a-z0-9_]*, workflow names [a-z][a-z0-9-]*."),
  BAD_VALUE("A value is of the right type but not one that can be used here."),
  DUPLICATE_ID("Two steps have one id."),
  DUPLICATE_NAME(
      "Two workflow files below one folder have one name; a daemon serves the one that had it first."),
  UNKNOWN_STEP("A step names another step that is not there, or comes after it."),
  CYCLE("Steps wait for each other in a circle."),
  UNKNOWN_PROCESSOR("No installed plugin has a processor of this name."),
  UNKNOWN_OPTION("The processor has no such option."),
  MISSING_OPTION("A required option is not given."),
  BAD_OPTION("An option's value does not fit it."),
  WRONG_KIND("A step is handed records of a kind that it does not read."),
  NO_RECORDS("A step reads records, and no step above emits any."),
  UNREAD_RECORDS("A step emits records that nobody reads."),
  BAD_BLOCK(
      "Nested steps stand where the processor takes none, or are missing where it needs them."),
  BAD_CACHE(
      "What is kept is what one step has done. A step that runs nested steps does nothing by itself: put `cache:` on the steps inside."),
  BAD_EXPRESSION("An expression does not follow the syntax."),
  UNKNOWN_NAME("An expression uses a name, field or function that is not there."),
  TYPE_MISMATCH("An expression combines values whose types do not fit."),
  BAD_CRON("A cron expression does not follow the grammar, or can never come."),
  BAD_INPUT("A value given for an input does not fit it."),
  UNMET_PLUGIN("The workflow asks for a plugin, or a version of it, that is not installed.");

  private final String explanation;

  Code(String explanation) {
    this.explanation = explanation;
  }

  /** As printed: {@code unknown-option}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public String explanation() {
    return explanation;
  }
}
