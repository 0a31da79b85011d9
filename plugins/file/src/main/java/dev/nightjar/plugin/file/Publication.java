package dev.nightjar.plugin.file;

import dev.nightjar.plugin.file.FileWrite.Existing;
import dev.nightjar.spi.PermanentFailure;
import dev.nightjar.spi.StepContext;
import java.io.IOException;
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
import org.jspecify.annotations.Nullable;

/**
 * Makes the targets of parts: first all of them beside, then all of them in place. Done again, it
 * makes the same bytes again.
 */
final class Publication {

  private final FileWrite.Options options;
  private final @Nullable String constant;
  private final StepContext context;
  private final Copying copying;
  private long bytes;
  private int files;

  /**
   * A publication.
   *
   * @param constant the one target of all records, if there is one
   */
  Publication(FileWrite.Options options, @Nullable String constant, StepContext context) {
    this.options = options;
    this.constant = constant;
    this.context = context;
    this.copying = new Copying(context);
  }

  /** How many files were written. */
  int files() {
    return files;
  }

  /** How many bytes of records they got. */
  long bytes() {
    return bytes;
  }

  /** Publishes; what can be put together before the last part is there is put together. */
  void publish(Iterable<Path> parts) throws IOException {
    if (constant == null || options.exists() == Existing.APPEND) {
      var all = new ArrayList<Path>();
      parts.forEach(all::add);
      publish(Targets.of(all, constant, context), null);
    } else {
      publishOne(parts, constant);
    }
  }

  private void publishOne(Iterable<Path> parts, String name) throws IOException {
    Path target = Targets.of(List.of(), name, context).all().firstKey();
    var all = new ArrayList<Path>();
    try (var joined = new Joined(packs(target), context)) {
      Path whole = join(parts, all, joined, target);
      publish(Targets.of(all, name, context), whole);
    }
  }

  private Path join(Iterable<Path> parts, List<Path> all, Joined joined, Path target)
      throws IOException {
    try {
      for (Path part : parts) {
        all.add(part);
        // Of a task whose records all go to one target.
        joined.add(PartIndex.file(part, 0));
      }
      return joined.finish();
    } catch (IOException failure) {
      throw Reason.writing(context.display(target), failure);
    }
  }

  private boolean packs(Path target) {
    return options.compression().packs(target);
  }

  /**
   * Puts in place.
   *
   * @param whole what the only target gets, as it is to be; null when it is still to be made
   */
  private void publish(Targets targets, @Nullable Path whole) throws IOException {
    Before before = before(targets);
    files = targets.all().size();
    var replacements = new ArrayList<Replacement>();
    try {
      for (Map.Entry<Path, List<Path>> target : targets.all().entrySet()) {
        bytes += size(target.getValue());
        replacements.add(replacement(target.getKey(), target.getValue(), whole, before));
      }
      putInPlace(replacements);
    } finally {
      for (Replacement replacement : replacements) {
        replacement.close();
      }
    }
  }

  /** How large the targets were, checked, and remembered where doing it again would hurt. */
  private Before before(Targets targets) throws IOException {
    if (options.exists() == Existing.OVERWRITE) {
      return Before.NOTHING;
    }
    Before before = check(Before.of(context.part(), targets.all().keySet()), targets);
    before.remember(context.part(), context.stepKey());
    return before;
  }

  private Before check(Before before, Targets targets) {
    if (options.exists() == Existing.FAIL && !before.remembered()) {
      for (Path target : targets.all().keySet()) {
        if (before.size(target) != Before.ABSENT) {
          throw Targets.exists(context.display(target));
        }
      }
    }
    return before;
  }

  private Replacement replacement(
      Path target, List<Path> pieces, @Nullable Path whole, Before before) throws IOException {
    try {
      boolean begun = options.exists() == Existing.APPEND && before.size(target) > 0;
      Path complete = whole;
      if (complete == null && !begun && !packs(target) && pieces.size() == 1) {
        complete = pieces.getFirst();
      }
      if (complete != null) {
        Path copied = complete;
        return Replacement.linked(
            target, context.stepKey(), copied, file -> copying.copy(copied, file));
      }
      return Replacement.of(
          target,
          context.stepKey(),
          file -> {
            if (begun) {
              beginning(target, before.size(target), file);
            }
            content(pieces, packs(target), file);
          });
    } catch (IOException failure) {
      throw Reason.writing(context.display(target), failure);
    }
  }

  private void content(List<Path> pieces, boolean gzip, FileChannel file) throws IOException {
    if (!gzip) {
      for (Path piece : pieces) {
        copying.copy(piece, file);
      }
    } else if (size(pieces) > 0 || file.position() == 0) {
      var packed = new GZIPOutputStream(Channels.newOutputStream(file), Copying.BUFFER);
      for (Path piece : pieces) {
        copying.copy(piece, packed);
      }
      packed.finish();
    }
  }

  /** What was in the file before, with the end of its last record if that is missing. */
  private void beginning(Path target, long size, FileChannel file) throws IOException {
    try (var old = FileChannel.open(target, StandardOpenOption.READ)) {
      if (old.size() < size) {
        throw new PermanentFailure(
            context.display(target)
                + " was cut by someone else while the step put records behind it");
      }
      copying.copy(old, size, file);
      byte[] separator = separator();
      if (!packs(target) && separator.length > 0 && !endsWith(old, size, separator)) {
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
