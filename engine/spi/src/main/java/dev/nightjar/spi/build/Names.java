package dev.nightjar.spi.build;

import java.util.Locale;
import java.util.regex.Pattern;

/** How names in Java become names in YAML. */
final class Names {

  /** Where a word of a camel-case name ends: {@code max|Records}, {@code JSON|Path}. */
  private static final Pattern WORD_END =
      Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])");

  private static final Pattern WORD = Pattern.compile("[a-z][a-z0-9_]*");
  private static final Pattern PROCESSOR = Pattern.compile(WORD + "\\." + WORD);

  private Names() {}

  /** {@code maxRecords} is {@code max_records}. */
  static String option(String component) {
    return WORD_END.matcher(component).replaceAll("_").toLowerCase(Locale.ROOT);
  }

  /** {@code RUN_AFTER} is {@code run_after}. */
  static String constant(String constant) {
    return constant.toLowerCase(Locale.ROOT);
  }

  static boolean isWord(String name) {
    return WORD.matcher(name).matches();
  }

  static boolean isProcessor(String name) {
    return PROCESSOR.matcher(name).matches();
  }
}
