package dev.nightjar.runtime.journal;

import java.util.List;
import java.util.regex.Pattern;

/**
 * The path by which events name a step: {@code clean}, {@code finally.report}, {@code
 * each[3].write}.
 */
public record StepPath(String text) {

  /** What stands before the name of a step that runs after the workflow's own. */
  private static final List<String> BLOCKS = List.of("on_failure.", "on_success.", "finally.");

  private static final Pattern ITEM = Pattern.compile("\\[[0-9]*]");

  /** Whether the step is nested in no other one. */
  public boolean isTop() {
    return top().equals(text);
  }

  /** The step at the top level that it is, or that it is nested in. */
  public String top() {
    int start = 0;
    for (String block : BLOCKS) {
      start = text.startsWith(block) ? block.length() : start;
    }
    int end = start;
    while (end < text.length() && text.charAt(end) != '.' && text.charAt(end) != '[') {
      end++;
    }
    return text.substring(0, end);
  }

  /** The path without items: the same for whatever one entry of the workflow file does. */
  public String shape() {
    return text.indexOf('[') < 0 ? text : ITEM.matcher(text).replaceAll("");
  }

  /** How many steps are around it. */
  public int depth() {
    String below = text.substring(top().length());
    return (int) below.chars().filter(c -> c == '.').count();
  }
}
