package dev.nightjar.daemon.folder;

import dev.nightjar.model.Workflow;
import dev.nightjar.model.diagnostic.Diagnostic;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A workflow file: what of it is in force, and what is wrong with what lies there now.
 *
 * @param file absolute
 * @param display as a person knows it
 * @param inForce null when no version of it was ever good, or none is with the plugins of now
 * @param diagnostics of what lies there now; warnings keep nothing from coming into force
 * @param since when it became so
 */
public record ServedWorkflow(
    Path file,
    String display,
    @Nullable Version inForce,
    List<Diagnostic> diagnostics,
    Instant since) {

  public ServedWorkflow {
    diagnostics = List.copyOf(diagnostics);
  }

  /**
   * A text that was read and checked.
   *
   * @param digest SHA-256 of the text, 64 hexadecimal digits
   * @param generation of the plugins it was checked with; a run that is given a newer one checks
   *     the text again
   * @param since when this text came into force
   */
  public record Version(
      Workflow workflow, String text, String digest, long generation, Instant since) {

    public String name() {
      return workflow.name();
    }
  }

  /** Whether what lies there now cannot be used. */
  public boolean isBroken() {
    return diagnostics.stream().anyMatch(one -> one.severity() == Diagnostic.Severity.ERROR);
  }

  ServedWorkflow since(Instant other) {
    return new ServedWorkflow(file, display, inForce, diagnostics, other);
  }

  /** Of the text in force; null for none. */
  @Nullable String digest() {
    return inForce == null ? null : inForce.digest();
  }

  /** Whether the same text is in force and the same is wrong, since whenever. */
  boolean isLike(ServedWorkflow other) {
    return Objects.equals(digest(), other.digest()) && diagnostics.equals(other.diagnostics);
  }
}
