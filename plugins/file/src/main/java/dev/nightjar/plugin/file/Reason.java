package dev.nightjar.plugin.file;

import dev.nightjar.spi.Cancelled;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** What an {@link IOException} means to the person who has to act. */
final class Reason {

  private Reason() {}

  /** In a few words that make sense behind the file's name. */
  static String of(IOException failure) {
    return switch (failure) {
      case AccessDeniedException denied -> "permission denied";
      case NoSuchFileException missing -> "it does not exist";
      case FileSystemException system when system.getReason() != null -> system.getReason();
      default -> String.valueOf(failure.getMessage());
    };
  }

  /** The failure of writing a file, saying which one and what to do. */
  static IOException writing(String file, IOException failure) {
    if (failure instanceof ClosedByInterruptException) {
      throw new Cancelled();
    }
    String reason = of(failure);
    String advice =
        reason.contains("No space left") || reason.contains("quota")
            ? ": make room on its disk and run again; what was there before is unchanged"
            : "; what was there before is unchanged";
    return new IOException("cannot write " + file + ": " + reason + advice, failure);
  }

  /** The failure of reading a file, saying which one. */
  static IOException reading(String file, IOException failure) {
    if (failure instanceof ClosedByInterruptException) {
      throw new Cancelled();
    }
    return new IOException("cannot read " + file + ": " + of(failure), failure);
  }
}
