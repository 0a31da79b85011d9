package dev.nightjar.plugin.memory;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.ObjectName;

/** The classes that take the most heap, from the diagnostic command {@code GC.class_histogram}. */
final class ClassHistogram {

  /** {@code 1: 12345 67890 [B (java.base@25)}: rank, instances, bytes, class, module. */
  private static final Pattern LINE =
      Pattern.compile("(?m)^\\s*\\d+:\\s+(\\d+)\\s+(\\d+)\\s+(\\S+)");

  private ClassHistogram() {}

  /**
   * The first {@code n} classes, those with the most bytes first, each with {@code class}, {@code
   * instances} and {@code bytes}; none when this virtual machine has no such command.
   */
  static List<Map<String, Object>> top(int n) {
    return parse(print(), n);
  }

  static List<Map<String, Object>> parse(String histogram, int n) {
    return LINE.matcher(histogram).results().limit(n).map(ClassHistogram::entry).toList();
  }

  private static Map<String, Object> entry(MatchResult line) {
    return Map.of(
        "class", line.group(3),
        "instances", Long.parseLong(line.group(1)),
        "bytes", Long.parseLong(line.group(2)));
  }

  private static String print() {
    try {
      // -all: without it the command collects garbage first, which is for `gc: true` to ask.
      Object[] arguments = {new String[] {"-all"}};
      String[] signature = {String[].class.getName()};
      return String.valueOf(
          ManagementFactory.getPlatformMBeanServer()
              .invoke(
                  new ObjectName("com.sun.management:type=DiagnosticCommand"),
                  "gcClassHistogram",
                  arguments,
                  signature));
    } catch (JMException absent) {
      return "";
    }
  }
}
