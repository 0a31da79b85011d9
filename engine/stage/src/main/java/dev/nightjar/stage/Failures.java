package dev.nightjar.stage;

import dev.nightjar.model.options.OptionFailure;
import dev.nightjar.spi.BodyFailure;
import dev.nightjar.spi.Cancelled;
import dev.nightjar.spi.PermanentFailure;
import dev.nightjar.spi.Rejected;
import dev.nightjar.stage.plugin.PluginException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Sorts what processors throw by whose turn it is to act. */
public final class Failures {

  private Failures() {}

  /** Whether another attempt could help. */
  public static boolean mayBeTriedAgain(Throwable e) {
    return switch (e) {
      case Cancelled cancelled -> false;
      case PermanentFailure permanent -> false;
      case Rejected rejected -> false;
      case OptionFailure option -> false;
      case PluginException plugin -> false;
      case BodyFailure body -> !body.permanent();
      case StepFailure step ->
          !step.rejected() && (step.getCause() == null || mayBeTriedAgain(step.getCause()));
      case LinkageError linkage -> false;
      default -> true;
    };
  }

  /** A stable word for the kind of failure. */
  public static String code(Throwable e) {
    return switch (e) {
      case Cancelled cancelled -> "cancelled";
      case PermanentFailure permanent -> "permanent";
      case Rejected rejected -> "rejected";
      case OptionFailure option -> "option";
      case PluginException plugin -> "plugin";
      case BodyFailure body -> body.error().path("code").asString("failed");
      case StepFailure step ->
          step.rejected() ? "rejected" : step.getCause() == null ? "failed" : code(step.getCause());
      case UncheckedIOException io when io.getCause() != null -> code(io.getCause());
      case IOException io -> isFullDisk(io) ? "disk" : "io";
      case LinkageError linkage -> "plugin";
      case VirtualMachineError machine -> "memory";
      default -> "failed";
    };
  }

  /** What went wrong, in words: exceptions without a message tell their name. */
  public static String message(Throwable e) {
    return switch (e) {
      case Cancelled cancelled -> "the processor gave up as if it had been cancelled";
      case StepFailure step when step.getCause() != null -> message(step.getCause());
      case UncheckedIOException io when io.getCause() != null -> message(io.getCause());
      case StackOverflowError overflow -> "the processor ran out of stack: its calls nest too deep";
      case OutOfMemoryError memory ->
          "out of memory (" + memory.getMessage() + "): give the JVM more with NIGHTJAR_OPTS=-Xmx…";
      case IOException io -> io(io);
      default -> named(e);
    };
  }

  private static String io(IOException e) {
    String text =
        switch (e) {
          case AccessDeniedException denied -> "permission denied: " + denied.getFile();
          case NoSuchFileException missing -> missing.getFile() + " does not exist";
          case FileSystemException file when file.getReason() != null ->
              String.valueOf(file.getMessage());
          default -> named(e);
        };
    return isFullDisk(e) && !text.contains("make room")
        ? text + ": make room on that disk, then run again"
        : text;
  }

  private static boolean isFullDisk(IOException e) {
    return String.valueOf(e.getMessage()).contains("No space left");
  }

  private static String named(Throwable e) {
    String message = e.getMessage();
    // The library's exceptions rarely say what they are about; those that somebody wrote do.
    boolean speaks = !e.getClass().getName().startsWith("java");
    if (speaks && message != null) {
      return message;
    }
    String name = e.getClass().getSimpleName();
    return message == null || message.isBlank() ? name : name + ": " + message;
  }

  /** Whether a stack trace tells somebody something: a bug of a plugin or of ours. */
  public static boolean isBug(Throwable e) {
    Throwable cause = e instanceof StepFailure && e.getCause() != null ? e.getCause() : e;
    return cause instanceof NullPointerException
        || cause instanceof IndexOutOfBoundsException
        || cause instanceof ClassCastException
        || cause instanceof IllegalStateException
        || cause instanceof LinkageError
        || cause instanceof AssertionError;
  }
}
