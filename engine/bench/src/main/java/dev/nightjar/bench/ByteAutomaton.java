package dev.nightjar.bench;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;

/**
 * Aho-Corasick over bytes: one look in a table for each byte, whatever the number of words. States
 * in which a word ends come last, so that a comparison tells them.
 */
final class ByteAutomaton {

  private static final int BYTES = 256;

  /** So that the table has one byte a state. */
  private static final int MAX_STATES = 256;

  private final byte[] next;
  private final int[] found;
  private final int firstFinding;

  /** Words must not be empty; those with equal bytes are one. */
  ByteAutomaton(List<byte[]> words) {
    int states = 1 + words.stream().mapToInt(word -> word.length).sum();
    if (states > MAX_STATES) {
      throw new IllegalArgumentException("too many bytes of words: " + states);
    }
    var trie = new int[states][BYTES];
    var ends = new int[states];
    int used = 1;
    for (int i = 0; i < words.size(); i++) {
      int state = 0;
      for (byte b : words.get(i)) {
        int to = trie[state][b & 0xFF];
        if (to == 0) {
          to = used++;
          trie[state][b & 0xFF] = to;
        }
        state = to;
      }
      ends[state] |= 1 << i;
    }
    follow(trie, ends);
    int[] numbers = numbers(ends, used);
    next = new byte[used * BYTES];
    found = new int[used];
    for (int state = 0; state < used; state++) {
      for (int b = 0; b < BYTES; b++) {
        next[numbers[state] * BYTES + b] = (byte) numbers[trie[state][b]];
      }
      found[numbers[state]] = ends[state];
    }
    firstFinding = used - (int) Arrays.stream(found).filter(ended -> ended != 0).count();
  }

  /** Gives each state, in order of their depth, what its longest proper end leads to. */
  private static void follow(int[][] trie, int[] ends) {
    var fallback = new int[trie.length];
    var waiting = new ArrayDeque<Integer>();
    for (int to : trie[0]) {
      if (to != 0) {
        waiting.add(to);
      }
    }
    while (!waiting.isEmpty()) {
      int state = waiting.remove();
      ends[state] |= ends[fallback[state]];
      for (int b = 0; b < BYTES; b++) {
        int to = trie[state][b];
        int other = trie[fallback[state]][b];
        if (to == 0) {
          trie[state][b] = other;
        } else {
          fallback[to] = other;
          waiting.add(to);
        }
      }
    }
  }

  /** New numbers of the states, 0 staying 0. */
  private static int[] numbers(int[] ends, int used) {
    var numbers = new int[used];
    int number = 0;
    for (boolean finding : new boolean[] {false, true}) {
      for (int state = 0; state < used; state++) {
        if ((ends[state] != 0) == finding) {
          numbers[state] = number++;
        }
      }
    }
    return numbers;
  }

  /** Which words are in there: bit 0 is set for the first. */
  int search(byte[] in, int from, int to) {
    int words = 0;
    int state = 0;
    for (int at = from; at < to; at++) {
      state = next[(state << 8) | (in[at] & 0xFF)] & 0xFF;
      if (state >= firstFinding) {
        words |= found[state];
      }
    }
    return words;
  }
}
