package dev.nightjar.plugin.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AhoCorasickTest {

  private record Occurrence(int pattern, int start, int end) {

    static final Comparator<Occurrence> ORDER =
        Comparator.comparingInt(Occurrence::pattern).thenComparingInt(Occurrence::start);
  }

  private static List<Occurrence> sorted(List<Occurrence> occurrences) {
    return occurrences.stream().sorted(Occurrence.ORDER).toList();
  }

  private static List<Occurrence> found(List<String> patterns, boolean ignoreCase, String text) {
    var found = new ArrayList<Occurrence>();
    new AhoCorasick(patterns, ignoreCase)
        .search(text, (pattern, start, end) -> found.add(new Occurrence(pattern, start, end)));
    return found;
  }

  private static List<Occurrence> naive(List<String> patterns, String text) {
    var found = new ArrayList<Occurrence>();
    for (int pattern = 0; pattern < patterns.size(); pattern++) {
      String searched = patterns.get(pattern);
      for (int at = text.indexOf(searched); at >= 0; at = text.indexOf(searched, at + 1)) {
        found.add(new Occurrence(pattern, at, at + searched.length()));
      }
    }
    return found;
  }

  private static String random(Random random, String alphabet, int length) {
    var text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }

  @Test
  void findsWhatSearchingOneByOneFinds() {
    var random = new Random(5);
    for (int round = 0; round < 300; round++) {
      var patterns = new LinkedHashSet<String>();
      for (int i = random.nextInt(20); i >= 0; i--) {
        patterns.add(random(random, "abé日", 1 + random.nextInt(5)));
      }
      var list = List.copyOf(patterns);
      String text = random(random, "abcé日", random.nextInt(200));

      assertThat(sorted(found(list, false, text))).isEqualTo(naive(list, text));
    }
  }

  @Test
  void findsAThousandPatternsInOnePass() {
    var random = new Random(6);
    var patterns = new LinkedHashSet<String>();
    while (patterns.size() < 1_000) {
      patterns.add(random(random, "etaoin shrdlu", 2 + random.nextInt(10)));
    }
    var list = List.copyOf(patterns);
    String text = random(random, "etaoin shrdlu", 50_000);

    assertThat(sorted(found(list, false, text))).isEqualTo(naive(list, text));
  }

  @Test
  void ignoresCaseAsSearchingSmallLettersDoes() {
    var random = new Random(7);
    var patterns = List.of("aB", "Ba", "bbb", "Éa");
    var lower = patterns.stream().map(pattern -> pattern.toLowerCase(Locale.ROOT)).toList();
    for (int round = 0; round < 200; round++) {
      String text = random(random, "aAbBéÉ", 50);

      assertThat(sorted(found(patterns, true, text)))
          .isEqualTo(naive(lower, text.toLowerCase(Locale.ROOT)));
    }
  }

  @Test
  void findsInTheOrderOfEndsAndTheLongestFirst() {
    assertThat(found(List.of("a", "ba", "cba", "b"), false, "cba"))
        .containsExactly(
            new Occurrence(3, 1, 2),
            new Occurrence(2, 0, 3),
            new Occurrence(1, 1, 3),
            new Occurrence(0, 2, 3));
  }

  @Test
  void stopsWhenToldTo() {
    var found = new ArrayList<Integer>();
    new AhoCorasick(List.of("a"), false)
        .search(
            "aaaa",
            (pattern, start, end) -> {
              found.add(start);
              return found.size() < 2;
            });

    assertThat(found).containsExactly(0, 1);
  }

  @Test
  void takesOnePatternOfTheLargestLength() {
    String pattern = "ab".repeat(AhoCorasick.MAX_LENGTH / 2);

    assertThat(found(List.of(pattern), false, "b" + pattern + "a"))
        .containsExactly(new Occurrence(0, 1, pattern.length() + 1));
  }
}
