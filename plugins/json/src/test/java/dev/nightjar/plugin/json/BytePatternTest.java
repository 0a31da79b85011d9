package dev.nightjar.plugin.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The matcher of simple patterns against the one of all patterns. */
class BytePatternTest {

  private static final String[] PARTS = {
    "a",
    "b",
    "A",
    "0",
    "-",
    "_",
    " ",
    "é",
    ".",
    "\\.",
    "\\-",
    "\\d",
    "\\w",
    "\\\\",
    "[a-c]",
    "[0-9]",
    "[A-Za-z]",
    "[ab]",
    "[a-]",
    "[^a]",
    "[]a]",
    "[\\d-]",
    "[\\d.]",
    "[.]",
    "[a-c-e]",
    "[c-a]",
    "[-a]",
    "[a\\]b]",
    "[[]",
    "(a)",
    "a|b",
    "^",
    "$",
    "[a",
    "]",
    "{",
    "}"
  };
  private static final String[] REPEATS = {
    "", "", "", "?", "*", "+", "{2}", "{1,2}", "{0,1}", "{2,}", "{0}", "{,2}", "{2,1}", "+?",
    "{2}{2}", "{a}"
  };
  private static final String[] TEXTS = {
    "a", "b", "c", "A", "Z", "0", "9", "-", "_", " ", ".", "\\", "]", "[", "é", "^", "$", "{", "}",
    "\n", "(", "|", "e", "😀"
  };

  private static String pick(Random chance, String[] of) {
    return of[chance.nextInt(of.length)];
  }

  @Test
  void matchesAsTheOtherMatcherDoes() {
    var chance = new Random(21);
    int simple = 0;
    int matched = 0;
    for (int round = 0; round < 20_000; round++) {
      var pattern = new StringBuilder(chance.nextInt(20) == 0 ? "" : "^");
      for (int n = chance.nextInt(4); n >= 0; n--) {
        pattern.append(pick(chance, PARTS)).append(pick(chance, REPEATS));
      }
      pattern.append(chance.nextInt(20) == 0 ? "" : "$");
      BytePattern bytes = BytePattern.of(pattern.toString());
      Pattern regex = bytes == null ? null : regex(pattern.toString());
      if (bytes == null || regex == null) {
        continue;
      }
      simple++;
      for (int i = 0; i < 40; i++) {
        var text = new StringBuilder();
        for (int n = chance.nextInt(6); n > 0; n--) {
          text.append(pick(chance, TEXTS));
        }
        boolean matches = matches(bytes, text.toString());
        matched += matches ? 1 : 0;
        assertThat(matches)
            .as(text + " by " + pattern)
            .isEqualTo(regex.matcher(text.toString()).find());
      }
    }
    assertThat(simple).isGreaterThan(2_000);
    assertThat(matched).isGreaterThan(2_000);
  }

  /** Null when it is none: the schema is refused before. */
  private static @Nullable Pattern regex(String pattern) {
    try {
      return EcmaPattern.compile(pattern);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static boolean matches(BytePattern pattern, String text) {
    byte[] in = ("a" + text + "a").getBytes(UTF_8);
    return pattern.matches(in, 1, in.length - 1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "^O-[0-9]{8}$ | O-12345678 | O-1234567",
        "^SKU-\\d+$ | SKU-1 | SKU-",
        "^[A-Z]{2}[0-9]{2}[A-Z0-9]{1,30}$ | DE8937 | DE8",
        "^\\d{4}-\\d{2}-\\d{2}$ | 2026-11-28 | 2026-11-28x",
        "^[a-z0-9-]+@[a-z]+\\.[a-z]{2,}$ | a-1@b.cd | a@b.c",
        "^-?[a-z]*$ | -a | a-",
      })
  void matchesWhatIsCommon(String pattern, String good, String bad) {
    var bytes = BytePattern.of(pattern);
    assertThat(matches(Objects.requireNonNull(bytes), good)).isTrue();
    assertThat(matches(bytes, bad)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "^a",
        "a$",
        "^a*a$",
        "^a?b?a$",
        "^(a)$",
        "^a|b$",
        "^.$",
        "^\\w$",
        "^[^a]$",
        "^[é]$",
        "^é$",
        "^\\u0061$",
        "^a{1000}$",
        "^a+?$",
        "^\\$",
        "^[a-\\d]$",
        "^[[]$"
      })
  void leavesOthers(String pattern) {
    assertThat(BytePattern.of(pattern)).isNull();
  }
}
