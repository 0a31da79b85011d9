package dev.nightjar.daemon.folder;

import dev.nightjar.model.Workflow;
import dev.nightjar.model.diagnostic.Code;
import dev.nightjar.model.diagnostic.Diagnostic;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Gives each workflow name to one file: the one that has it in force, else the first. A file that
 * does not get the name of its new text keeps its last good one, if it gets that name.
 */
final class NameClaims {

  /** By file, what it may have in force, the best first; the first is what it gets. */
  private final Map<WatchedFile, Deque<CheckedText>> candidates = new LinkedHashMap<>();

  private Map<String, WatchedFile> owners = Map.of();

  private NameClaims() {}

  /** Of these files, in their order. */
  static NameClaims of(Collection<WatchedFile> files) {
    var claims = new NameClaims();
    for (WatchedFile file : files) {
      claims.candidates.put(file, new ArrayDeque<>(file.candidates()));
    }
    // Who steps back may take a name from another, who then steps back too: at most twice each.
    do {
      claims.owners = claims.firstChoices();
    } while (claims.stepBack());
    return claims;
  }

  private Map<String, WatchedFile> firstChoices() {
    Map<String, WatchedFile> names = new HashMap<>();
    candidates.forEach((file, texts) -> {
      if (!texts.isEmpty()) {
        String name = name(texts.getFirst());
        names.merge(name, file, (first, next) -> next.holds(name) ? next : first);
      }
    });
    return names;
  }

  /** Whether somebody had to. */
  private boolean stepBack() {
    boolean any = false;
    for (Map.Entry<WatchedFile, Deque<CheckedText>> one : candidates.entrySet()) {
      Deque<CheckedText> texts = one.getValue();
      if (!texts.isEmpty() && owners.get(name(texts.getFirst())) != one.getKey()) {
        texts.removeFirst();
        any = true;
      }
    }
    return any;
  }

  private static String name(CheckedText text) {
    return Objects.requireNonNull(text.workflow()).name();
  }

  /** The text that a file has in force; null for none. */
  @Nullable CheckedText chosen(WatchedFile file) {
    Deque<CheckedText> texts = candidates.get(file);
    return texts == null ? null : texts.peekFirst();
  }

  /** What is wrong with a text of a file, if its name is another's. */
  @Nullable Diagnostic conflict(WatchedFile file, CheckedText text) {
    Workflow workflow = text.workflow();
    WatchedFile owner = workflow == null ? file : owners.get(workflow.name());
    if (owner == null || owner == file || workflow == null) {
      return null;
    }
    return new Diagnostic(
        Diagnostic.Severity.ERROR,
        Code.DUPLICATE_NAME,
        text.namePlace(),
        "the workflow name `" + workflow.name() + "` is taken by " + owner.display(),
        List.of("give one of the two another name"));
  }
}
