package dev.nightjar.plugin.text;

import java.util.Arrays;
import java.util.List;

/**
 * Finds all occurrences of many patterns in one pass over a text, overlapping ones included. Time
 * grows with the text and the number of occurrences, whatever the number of patterns; memory with
 * the patterns' total length.
 *
 * <p>A trie of the patterns, whose edges lie in one open hash table; each node knows the node of
 * its longest proper suffix (where to go on after a mismatch) and the nearest one along those that
 * ends a pattern. Immutable once built.
 */
final class AhoCorasick {

  /** All patterns together, in chars; 36 bytes of memory each at most. */
  static final int MAX_LENGTH = 1_000_000;

  private static final int ROOT = 0;
  private static final int ASCII = 128;

  private final boolean ignoreCase;

  /** Node in the upper bits, char in the lower 16; 0 where free: no edge leads there. */
  private final long[] edges;

  private final int[] targets;
  private final int[] rootByAscii = new int[ASCII];
  private final int[] suffix;

  /** The nearest node that ends a pattern, along suffixes; the node itself not counted. */
  private final int[] shorter;

  /** Index of the pattern that ends at a node, or -1. */
  private final int[] pattern;

  private final int[] length;
  private int nodes = 1;

  /** Takes note of one occurrence. */
  @FunctionalInterface
  interface Found {
    /** Whether to look for more. */
    boolean at(int pattern, int start, int end);
  }

  /**
   * Prepares a search. Of patterns that are the same, the first one is found.
   *
   * @param patterns none of them empty, at most {@link #MAX_LENGTH} chars together
   */
  AhoCorasick(List<String> patterns, boolean ignoreCase) {
    this.ignoreCase = ignoreCase;
    int total = patterns.stream().mapToInt(String::length).sum();
    int slots = Integer.highestOneBit(Math.max(total, 8)) << 2;
    edges = new long[slots];
    targets = new int[slots];
    suffix = new int[total + 1];
    shorter = new int[total + 1];
    pattern = new int[total + 1];
    Arrays.fill(pattern, -1);
    length = new int[patterns.size()];
    int[] parents = new int[total + 1];
    char[] chars = new char[total + 1];
    for (int i = 0; i < length.length; i++) {
      insert(i, fold(patterns.get(i)), parents, chars);
    }
    link(parents, chars);
    for (char c = 0; c < ASCII; c++) {
      rootByAscii[c] = child(ROOT, c);
    }
  }

  /** Finds occurrences in the order of their ends, the longest first where several end. */
  void search(String text, Found found) {
    String searched = fold(text);
    int node = ROOT;
    for (int i = 0; i < searched.length(); i++) {
      node = next(node, searched.charAt(i));
      int end = pattern[node] >= 0 ? node : shorter[node];
      while (end != ROOT) {
        int index = pattern[end];
        if (!found.at(index, i + 1 - length[index], i + 1)) {
          return;
        }
        end = shorter[end];
      }
    }
  }

  private int next(int from, char c) {
    int node = from;
    while (node != ROOT) {
      int child = child(node, c);
      if (child != ROOT) {
        return child;
      }
      node = suffix[node];
    }
    return c < ASCII ? rootByAscii[c] : child(ROOT, c);
  }

  private void insert(int index, String text, int[] parents, char[] chars) {
    length[index] = text.length();
    int node = ROOT;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      int child = child(node, c);
      if (child == ROOT) {
        child = nodes++;
        parents[child] = node;
        chars[child] = c;
        add(node, c, child);
      }
      node = child;
    }
    if (pattern[node] < 0) {
      pattern[node] = index;
    }
  }

  /** Links each node to its suffix, from short to long: a suffix is always shorter. */
  private void link(int[] parents, char[] chars) {
    for (int node : byDepth(parents)) {
      int parent = parents[node];
      int link = parent == ROOT ? ROOT : childAlongSuffixes(suffix[parent], chars[node]);
      suffix[node] = link;
      shorter[node] = pattern[link] >= 0 ? link : shorter[link];
    }
  }

  private int childAlongSuffixes(int from, char c) {
    int node = from;
    int child = child(node, c);
    while (child == ROOT && node != ROOT) {
      node = suffix[node];
      child = child(node, c);
    }
    return child;
  }

  /** All nodes but the root; a parent has a smaller number than its children. */
  private int[] byDepth(int[] parents) {
    int[] depth = new int[nodes];
    int deepest = 0;
    for (int node = 1; node < nodes; node++) {
      depth[node] = depth[parents[node]] + 1;
      deepest = Math.max(deepest, depth[node]);
    }
    int[] next = new int[deepest + 2];
    for (int node = 1; node < nodes; node++) {
      next[depth[node] + 1]++;
    }
    for (int i = 1; i < next.length; i++) {
      next[i] += next[i - 1];
    }
    int[] order = new int[nodes - 1];
    for (int node = 1; node < nodes; node++) {
      order[next[depth[node]]++] = node;
    }
    return order;
  }

  /** The node that an edge leads to, or the root: no edge leads there. */
  private int child(int node, char c) {
    int slot = slot(node, c);
    return targets[slot];
  }

  private void add(int node, char c, int child) {
    int slot = slot(node, c);
    edges[slot] = key(node, c);
    targets[slot] = child;
  }

  /** Where an edge lies in the table, or would. */
  private int slot(int node, char c) {
    long key = key(node, c);
    int mask = edges.length - 1;
    int slot = (int) ((key * 0x9E3779B97F4A7C15L) >>> 32) & mask;
    while (targets[slot] != ROOT && edges[slot] != key) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private static long key(int node, char c) {
    return ((long) node << 16) | c;
  }

  private String fold(String text) {
    return ignoreCase ? CaseFold.of(text) : text;
  }
}
