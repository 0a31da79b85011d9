package dev.nightjar.daemon.api;

/** Writes the text format of Prometheus, version 0.0.4. */
final class Exposition {

  private final StringBuilder out = new StringBuilder();
  private String name = "";

  void gauge(String family, String help, double value) {
    begin(family, "gauge", help);
    sample(value);
  }

  void gauge(String family, String help, long value) {
    gauge(family, help, (double) value);
  }

  /** Begins a counter; its samples follow. */
  void counter(String family, String help) {
    begin(family, "counter", help);
  }

  void histogram(String family, String help, Metrics.Buckets buckets) {
    begin(family, "histogram", help);
    name = family + "_bucket";
    double[] bounds = buckets.bounds();
    for (int i = 0; i < bounds.length; i++) {
      count(buckets.upTo(i), "le", number(bounds[i]));
    }
    count(buckets.count(), "le", "+Inf");
    name = family + "_sum";
    sample(buckets.sum());
    name = family + "_count";
    count(buckets.count());
  }

  private void begin(String family, String type, String help) {
    name = family;
    out.append("# HELP ").append(family).append(' ').append(help).append('\n');
    out.append("# TYPE ").append(family).append(' ').append(type).append('\n');
  }

  /** A whole number with its labels, name and value in turn. */
  void count(long value, String... labels) {
    sample((double) value, labels);
  }

  /** A value with its labels, name and value in turn. */
  void sample(double value, String... labels) {
    out.append(name);
    for (int i = 0; i < labels.length; i += 2) {
      out.append(i == 0 ? '{' : ',').append(labels[i]).append("=\"");
      out.append(escaped(labels[i + 1])).append('"');
    }
    out.append(labels.length == 0 ? " " : "} ").append(number(value)).append('\n');
  }

  private static String escaped(String label) {
    return label.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? String.valueOf((long) value)
        : String.valueOf(value);
  }

  String text() {
    return out.toString();
  }
}
