package dev.nightjar.model;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which versions of a plugin will do: {@code >=1.2 <2}; all parts must hold. */
final class VersionRange {

  private static final Pattern PART =
      Pattern.compile("(>=|<=|>|<|=|)(\\d{1,9}(?:\\.\\d{1,9}){0,3})(?:[-+][0-9A-Za-z.+-]*)?");

  private final List<String> parts;

  private VersionRange(List<String> parts) {
    this.parts = parts;
  }

  /**
   * Reads a range.
   *
   * @throws IllegalArgumentException when it is none
   */
  static VersionRange parse(String text) {
    List<String> parts = Arrays.stream(text.strip().split("[ ,]+")).toList();
    for (String part : parts) {
      if (!part.equals("*") && !PART.matcher(part).matches()) {
        throw new IllegalArgumentException("`" + Reading.shortened(part) + "` is no version range");
      }
    }
    return new VersionRange(parts);
  }

  /** Whether a version will do; what stands behind {@code -} or {@code +} does not count. */
  boolean contains(String version) {
    return parts.stream().allMatch(part -> part.equals("*") || holds(part, version));
  }

  private static boolean holds(String part, String version) {
    Matcher matcher = PART.matcher(part);
    if (!matcher.matches()) {
      return false;
    }
    int order = compare(version, matcher.group(2));
    return switch (matcher.group(1)) {
      case ">=" -> order >= 0;
      case "<=" -> order <= 0;
      case ">" -> order > 0;
      case "<" -> order < 0;
      default -> order == 0;
    };
  }

  private static int compare(String one, String other) {
    String[] a = numbers(one);
    String[] b = numbers(other);
    for (int i = 0; i < Math.max(a.length, b.length); i++) {
      int order = number(a, i).compareTo(number(b, i));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  private static String[] numbers(String version) {
    return version.split("[-+]", 2)[0].split("\\.");
  }

  private static BigInteger number(String[] numbers, int index) {
    boolean there = index < numbers.length && numbers[index].matches("\\d{1,9}");
    return there ? new BigInteger(numbers[index]) : BigInteger.ZERO;
  }
}
