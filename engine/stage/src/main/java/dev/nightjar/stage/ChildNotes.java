package dev.nightjar.stage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which processes a run has started: a file for each, named by its number, in it when it began. Not
 * forced to disk, because what they are about ends with the machine, too.
 */
final class ChildNotes {

  /**
   * When a process began is computed from when the machine did, which moves when its clock is set;
   * no number comes up again so soon.
   */
  private static final Duration TOLERANCE = Duration.ofSeconds(2);

  private final Path folder;

  private ChildNotes(Path folder) {
    this.folder = folder;
  }

  /** Those in a run's folder. */
  static ChildNotes of(Path runFolder) {
    return new ChildNotes(runFolder.resolve("children"));
  }

  ChildNotes create() throws IOException {
    Files.createDirectories(folder);
    return this;
  }

  /** Whether the run has ever started a process. */
  boolean exists() {
    return Files.isDirectory(folder);
  }

  Note add(ProcessHandle process) throws IOException {
    Path file = folder.resolve(String.valueOf(process.pid()));
    Files.writeString(file, process.info().startInstant().map(Instant::toString).orElse(""));
    return new Note(file);
  }

  /** A process that was started. */
  record Note(Path file) {
    void remove() {
      try {
        Files.deleteIfExists(file);
      } catch (IOException stays) {
        // Names a process that is gone, as whoever reads it finds out.
      }
    }
  }

  /** Those that are noted and still there. */
  Set<ProcessHandle> noted() {
    var noted = new HashSet<ProcessHandle>();
    for (Path file : files()) {
      process(file).ifPresent(noted::add);
    }
    return noted;
  }

  private List<Path> files() {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<ProcessHandle> process(Path note) {
    try {
      Instant began = Instant.parse(Files.readString(note));
      return ProcessHandle.of(Long.parseLong(note.getFileName().toString()))
          .filter(process ->
              process
                  .info()
                  .startInstant()
                  .map(start -> Duration.between(began, start).abs().compareTo(TOLERANCE) <= 0)
                  .orElse(false));
    } catch (IOException | DateTimeException | NumberFormatException cutOff) {
      return Optional.empty();
    }
  }

  void clear() {
    files().forEach(file -> new Note(file).remove());
  }
}
