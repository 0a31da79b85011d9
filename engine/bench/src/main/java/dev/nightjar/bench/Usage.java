package dev.nightjar.bench;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What one run of a process took, its children included.
 *
 * @param wall seconds
 * @param cpu seconds in user and system mode
 * @param resident the most memory of one process at a time, in bytes
 */
record Usage(double wall, double cpu, double resident) {

  static Usage median(List<Usage> runs) {
    return new Usage(
        median(runs, Usage::wall), median(runs, Usage::cpu), median(runs, Usage::resident));
  }

  private static double median(List<Usage> runs, ToDoubleFunction<Usage> figure) {
    double[] sorted = runs.stream().mapToDouble(figure).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /** The same work so many times as large, where that was too slow to do. */
  Usage scaled(double factor) {
    return new Usage(wall * factor, cpu * factor, resident);
  }
}
