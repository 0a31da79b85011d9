package dev.nightjar.plugin.json;

import dev.nightjar.spi.Rejected;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with one record: the first few mistakes in words, the others by number. */
final class Mistakes {

  private static final int MAX_SHOWN = 5;

  /** Messages may quote data or schemas of any size. */
  private static final int MAX_LENGTH = 200;

  // Most records have none.
  private List<String> shown = List.of();
  private int more;

  void add(String mistake) {
    if (shown.contains(cut(mistake))) {
      return;
    }
    if (shown.isEmpty()) {
      shown = new ArrayList<>();
    }
    if (shown.size() < MAX_SHOWN) {
      shown.add(cut(mistake));
    } else {
      more++;
    }
  }

  /** Throws unless there is none. */
  void reject() {
    if (!shown.isEmpty()) {
      throw new Rejected(String.join("; ", shown) + (more == 0 ? "" : "; and " + more + " more"));
    }
  }

  private static String cut(String mistake) {
    if (mistake.length() <= MAX_LENGTH) {
      return mistake;
    }
    int end = Character.isHighSurrogate(mistake.charAt(MAX_LENGTH - 1)) ? 1 : 0;
    return mistake.substring(0, MAX_LENGTH - end) + "\u2026";
  }
}
