package dev.nightjar.store;

import dev.nightjar.runtime.journal.Event;
import dev.nightjar.runtime.journal.Failure;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What there is to read in an event.
 *
 * @param step null when it is not about one
 * @param text one or more lines; empty when there is nothing to look for
 */
record Texts(@Nullable String step, String text) {

  private static final Texts NONE = new Texts(null, "");

  /** Events of which there are many, without a word of a person's in them. */
  private static final Set<String> SILENT =
      Set.of(
          "task_committed",
          "items_ended",
          "measured",
          "stage_started",
          "splits_listed",
          "attempt_started",
          "step_started",
          "cache_asked");

  private static final String ENDED = "step_ended";

  private static final byte[] OUTCOME = ",\"outcome\":".getBytes(StandardCharsets.US_ASCII);

  private static final byte[] WELL =
      ",\"outcome\":\"succeeded\",\"blocks\":".getBytes(StandardCharsets.US_ASCII);

  private static final byte[] BEGINNING = "{\"event\":\"".getBytes(StandardCharsets.US_ASCII);

  /** Whether an event need not be read: tells by the beginning of its JSON. */
  static boolean isSilent(byte[] body) {
    int end = BEGINNING.length;
    while (end < body.length && body[end] != '"') {
      end++;
    }
    String kind =
        new String(body, BEGINNING.length, end - BEGINNING.length, StandardCharsets.UTF_8);
    return Arrays.mismatch(body, BEGINNING) == BEGINNING.length
        && (SILENT.contains(kind) || (kind.equals(ENDED) && saysNothing(body)));
  }

  /** Most steps end well, and of those nobody has said a word: no reason, no failure. */
  private static boolean saysNothing(byte[] ended) {
    for (int at = 0; at <= ended.length - WELL.length; at++) {
      // The first one is the event's own: before it stand a time and a name alone.
      if (ended[at] == ',' && isAt(ended, at, OUTCOME)) {
        return isAt(ended, at, WELL);
      }
    }
    return false;
  }

  private static boolean isAt(byte[] body, int at, byte[] sought) {
    return Arrays.equals(body, at, at + sought.length, sought, 0, sought.length);
  }

  static Texts of(Event event) {
    return switch (event) {
      case Event.RunStarted started ->
          new Texts(null, lines(started.run() + " " + started.workflow(), started.file()));
      case Event.RunEnded ended -> new Texts(null, lines(message(ended.result().failure())));
      case Event.CancelRequested cancel -> new Texts(null, cancel.reason());
      case Event.AttemptFailed failed -> new Texts(failed.step(), failed.failure().message());
      case Event.StepEnded ended ->
          new Texts(ended.step(), lines(ended.reason(), message(ended.failure())));
      case Event.BodyEnded ended -> new Texts(ended.step(), lines(message(ended.failure())));
      case Event.StageCommitted committed ->
          new Texts(
              committed.stage(),
              committed.rejects().stream()
                  .map(one -> one.records() + " rejects of " + one.step() + " in " + one.path())
                  .collect(Collectors.joining("\n")));
      case Event.Logged logged -> new Texts(logged.step(), logged.message());
      case Event.Warned warned -> new Texts(warned.step(), warned.message());
      default -> NONE;
    };
  }

  private static @Nullable String message(@Nullable Failure failure) {
    return failure == null ? null : failure.message();
  }

  private static String lines(@Nullable String... texts) {
    return Stream.of(texts).filter(text -> text != null).collect(Collectors.joining("\n"));
  }
}
