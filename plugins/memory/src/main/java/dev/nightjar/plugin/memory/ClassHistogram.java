package dev.nightjar.plugin.memory;

import java.lang.management.ManagementFactory;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.ObjectName;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

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
  static ArrayNode top(int n) {
    return parse(print(), n);
  }

  static ArrayNode parse(String histogram, int n) {
    var classes = JsonNodeFactory.instance.arrayNode();
    LINE.matcher(histogram).results().limit(n).forEach(line -> add(classes.addObject(), line));
    return classes;
  }

  private static void add(ObjectNode entry, MatchResult line) {
    entry.put("class", line.group(3));
    entry.put("instances", Long.parseLong(line.group(1)));
    entry.put("bytes", Long.parseLong(line.group(2)));
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
