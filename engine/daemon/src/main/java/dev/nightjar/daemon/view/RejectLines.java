package dev.nightjar.daemon.view;

import dev.nightjar.runtime.monitor.Summary.RejectFile;
import dev.nightjar.store.StoredRun;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Lines of the files of rejects that a run has told of. Long ones are cut, so memory is bounded.
 */
public final class RejectLines {

  /** Of a line; what is longer is a record that people look at where it is. */
  private static final int CHARACTERS = 4_000;

  /** As many as those characters may have, and one character more. */
  private static final int BYTES = 4 * (CHARACTERS + 1);

  private static final int BUFFER_BYTES = 64 << 10;

  private final InputStream in;
  private final byte[] line = new byte[BYTES];
  private int length;

  private RejectLines(InputStream in) {
    this.in = in;
  }

  /**
   * Some lines of a file.
   *
   * @param more whether there are others behind them
   */
  public record Some(List<String> lines, boolean more) {}

  /**
   * Lines behind the first ones.
   *
   * @param file that the run has told of, not one that somebody else asks for
   * @param after how many lines are passed over
   * @return empty when the file is not there any more
   */
  public static Optional<Some> read(StoredRun run, RejectFile file, long after, int limit)
      throws IOException {
    Path path;
    try {
      path = Path.of(run.file()).resolveSibling(file.path());
    } catch (InvalidPathException fromAnotherSystem) {
      return Optional.empty();
    }
    if (!Files.isRegularFile(path)) {
      return Optional.empty();
    }
    try (InputStream in = new BufferedInputStream(Files.newInputStream(path), BUFFER_BYTES)) {
      return Optional.of(new RejectLines(in).some(after, limit));
    }
  }

  private Some some(long after, int limit) throws IOException {
    for (long passed = 0; passed < after; passed++) {
      if (!next()) {
        return new Some(List.of(), false);
      }
    }
    List<String> lines = new ArrayList<>();
    while (lines.size() < limit && next()) {
      lines.add(text());
    }
    return new Some(lines, lines.size() == limit && next());
  }

  /** Reads a line, and keeps no more of it than is shown; false at the end. */
  private boolean next() throws IOException {
    length = 0;
    int one = in.read();
    if (one < 0) {
      return false;
    }
    while (one >= 0 && one != '\n') {
      if (length < BYTES) {
        line[length++] = (byte) one;
      }
      one = in.read();
    }
    return true;
  }

  private String text() {
    String text = new String(line, 0, length, StandardCharsets.UTF_8);
    if (text.length() <= CHARACTERS) {
      return text;
    }
    boolean pair = Character.isHighSurrogate(text.charAt(CHARACTERS - 1));
    return text.substring(0, pair ? CHARACTERS - 1 : CHARACTERS) + "…";
  }
}
