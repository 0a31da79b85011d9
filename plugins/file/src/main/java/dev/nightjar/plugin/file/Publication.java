package dev.nightjar.plugin.file;

import dev.nightjar.plugin.file.FileWrite.Existing;
import dev.nightjar.spi.PermanentFailure;
import dev.nightjar.spi.StepContext;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPOutputStream;

/**
 * Makes the targets of parts: first all of them beside, then all of them in place. Done again, it
 * makes the same bytes again.
 */
final class Publication {

  /** Bytes between two looks at whether the step is to stop. */
  private static final long CHUNK = 16L << 20;

  private static final int BUFFER = 64 * 1024;

  private final FileWrite.Options options;
  private final Targets targets;
  private final StepContext context;
  private long bytes;

  Publication(FileWrite.Options options, Targets targets, StepContext context) {
    this.options = options;
    this.targets = targets;
    this.context = context;
  }

  /**
   * Publishes.
   *
   * @return how many bytes of records the targets got
   */
  long publish() throws IOException {
    Before before = before();
    var replacements = new ArrayList<Replacement>();
    try {
      for (Map.Entry<Path, List<Path>> target : targets.all().entrySet()) {
        replacements.add(replacement(target.getKey(), target.getValue(), before));
      }
      putInPlace(replacements);
    } finally {
      for (Replacement replacement : replacements) {
        replacement.close();
      }
    }
    return bytes;
  }

  /** How large the targets were, checked, and remembered where doing it again would hurt. */
  private Before before() throws IOException {
    if (options.exists() == Existing.OVERWRITE) {
      return Before.NOTHING;
    }
    Before before = check(Before.of(context.part(), targets.all().keySet()));
    before.remember(context.part(), context.stepKey());
    return before;
  }

  private Before check(Before before) {
    if (options.exists() == Existing.FAIL && !before.remembered()) {
      for (Path target : targets.all().keySet()) {
        if (before.size(target) != Before.ABSENT) {
          throw Targets.exists(context.display(target));
        }
      }
    }
    return before;
  }

  private Replacement replacement(Path target, List<Path> pieces, Before before)
      throws IOException {
    boolean gzip = options.compression().packs(target);
    boolean empty = options.exists() != Existing.APPEND || before.size(target) <= 0;
    Replacement.Content content =
        file -> {
          if (!empty) {
            beginning(target, before.size(target), gzip, file);
          }
          content(pieces, gzip, file);
        };
    try {
      bytes += size(pieces);
      return empty && !gzip && pieces.size() == 1
          ? Replacement.linked(target, context.stepKey(), pieces.getFirst(), content)
          : Replacement.of(target, context.stepKey(), content);
    } catch (IOException failure) {
      throw Reason.writing(context.display(target), failure);
    }
  }

  private void content(List<Path> pieces, boolean gzip, FileChannel file) throws IOException {
    if (!gzip) {
      copy(pieces, file);
    } else if (size(pieces) > 0 || file.position() == 0) {
      var packed = new GZIPOutputStream(Channels.newOutputStream(file), BUFFER);
      pack(pieces, packed);
      packed.finish();
    }
  }

  /** What was in the file before, with the end of its last record if that is missing. */
  private void beginning(Path target, long size, boolean gzip, FileChannel file)
      throws IOException {
    try (var old = FileChannel.open(target, StandardOpenOption.READ)) {
      if (old.size() < size) {
        throw new PermanentFailure(
            context.display(target)
                + " was cut by someone else while the step put records behind it");
      }
      copy(old, size, file);
      byte[] separator = separator();
      if (!gzip && separator.length > 0 && !endsWith(old, size, separator)) {
        writeFully(file, ByteBuffer.wrap(separator));
      }
    }
  }

  private byte[] separator() {
    String separator = options.separator();
    return (separator == null ? "\n" : separator).getBytes(StandardCharsets.UTF_8);
  }

  private static boolean endsWith(FileChannel file, long size, byte[] end) throws IOException {
    var last = ByteBuffer.allocate(end.length);
    return size >= end.length
        && file.read(last, size - end.length) == end.length
        && last.flip().equals(ByteBuffer.wrap(end));
  }

  private static void writeFully(FileChannel file, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      file.write(bytes);
    }
  }

  private static long size(List<Path> pieces) throws IOException {
    long size = 0;
    for (Path piece : pieces) {
      size += Files.size(piece);
    }
    return size;
  }

  private void copy(List<Path> pieces, FileChannel file) throws IOException {
    for (Path piece : pieces) {
      try (var from = FileChannel.open(piece, StandardOpenOption.READ)) {
        copy(from, from.size(), file);
      }
    }
  }

  private void copy(FileChannel from, long size, FileChannel to) throws IOException {
    for (long done = 0; done < size; ) {
      context.checkCancelled();
      long n = from.transferTo(done, Math.min(CHUNK, size - done), to);
      if (n <= 0) {
        throw new IOException("a file became shorter while it was copied");
      }
      done += n;
    }
  }

  private void pack(List<Path> pieces, OutputStream packed) throws IOException {
    byte[] chunk = new byte[BUFFER];
    for (Path piece : pieces) {
      try (var from = Files.newInputStream(piece)) {
        for (int n = from.read(chunk); n > 0; n = from.read(chunk)) {
          context.checkCancelled();
          packed.write(chunk, 0, n);
        }
      }
    }
  }

  private void putInPlace(List<Replacement> replacements) throws IOException {
    Set<Path> folders = new LinkedHashSet<>();
    for (Replacement replacement : replacements) {
      try {
        replacement.publish();
      } catch (IOException failure) {
        throw Reason.writing(context.display(replacement.target()), failure);
      }
      folders.add(Replacement.folder(replacement.target()));
    }
    for (Path folder : folders) {
      Replacement.settle(folder);
    }
  }
}
