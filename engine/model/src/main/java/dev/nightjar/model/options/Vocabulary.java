package dev.nightjar.model.options;

import dev.nightjar.model.diagnostic.Code;

/** How mistakes in a map are named: it holds a processor's options, or keys of the language. */
record Vocabulary(String noun, Code unknown, Code missing, Code unfit) {

  static final Vocabulary OPTIONS =
      new Vocabulary("option", Code.UNKNOWN_OPTION, Code.MISSING_OPTION, Code.BAD_OPTION);

  static final Vocabulary KEYS =
      new Vocabulary("key", Code.UNKNOWN_KEY, Code.MISSING_KEY, Code.BAD_VALUE);
}
