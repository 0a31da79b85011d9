package dev.nightjar.plugin.file;

import dev.nightjar.spi.Default;
import dev.nightjar.spi.Doc;
import dev.nightjar.spi.Emits;
import dev.nightjar.spi.Input;
import dev.nightjar.spi.Output;
import dev.nightjar.spi.PermanentFailure;
import dev.nightjar.spi.ProcessorSpec;
import dev.nightjar.spi.ProcessorSpec.Emitted;
import dev.nightjar.spi.Split;
import dev.nightjar.spi.StepContext;
import dev.nightjar.spi.StreamProcessor;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads files, in the order of their paths' bytes, as lines or as wholes.
 *
 * <p>Text is UTF-8; a byte order mark at a file's start is dropped, and what is not UTF-8 is
 * rejected. A large file that is read as lines and is not compressed is cut into ranges, which
 * depend on its size alone. A file must not change while the step runs: growth counts as a change,
 * because the last line may have been half written.
 */
@ProcessorSpec(
    name = "file.read",
    summary = "Reads files as lines, as whole texts or as bytes.",
    emits = Emitted.TEXT)
public final class FileRead implements StreamProcessor<FileRead.Options> {

  private final long most;

  public FileRead() {
    this(Long.MAX_VALUE);
  }

  /** Cuts files into ranges that are smaller than the option may say. */
  FileRead(long most) {
    this.most = most;
  }

  /** What becomes a record. */
  public enum As {
    @Doc("Each line; it ends with a line feed, and a carriage return before that is dropped.")
    @Emits(Emitted.TEXT)
    LINES,
    @Doc("Each file, as text.")
    @Emits(Emitted.TEXT)
    WHOLE,
    @Doc("Each file, as bytes.")
    @Emits(Emitted.BYTES)
    BYTES
  }

  /** What to do about a file that cannot be read. */
  public enum OnUnreadable {
    @Doc("The step fails.")
    FAIL,
    @Doc("The file is set aside as one reject; what was read before the damage is kept.")
    REJECT
  }

  /** Options of {@code file.read}. */
  public record Options(
      @Doc(
              "The files: paths or patterns with `*`, `?`, `[a-z]`, `{a,b}` and `**` for any number of folders. As in a shell, names that start with a dot must be asked for, and `**` does not follow links.")
          List<Path> path,
      @Doc("What becomes a record.") @Default("lines") As as,
      @Doc("How the files are compressed.") @Default("auto") Compression compression,
      @Doc("What to do when a path or pattern means no file.") @Default("fail") Missing missing,
      @Doc(
              "What to do about a file that cannot be read: no permission, gone, a folder or device, damaged gzip data, changed while it was read.")
          @Default("fail")
          OnUnreadable unreadable,
      @Doc("The largest record in bytes; a longer line or file is rejected, not loaded.")
          @Default("67108864")
          int maxRecord,
      @Doc("Whether to leave empty lines out.") @Default("false") boolean skipBlank,
      @Doc(
              "The most bytes of a file that one task reads as lines; fewer where a later step takes long for a record, so that more tasks work at once.")
          @Default("67108864")
          int splitSize,
      @Doc(
              "Whether `cache:` tells a file by its bytes, which are read once more, and not by its time of change and its number on the disk: for files that are copied or checked out anew.")
          @Default("false")
          boolean digest) {

    /** Checks what types cannot say. */
    public Options {
      path = List.copyOf(path);
      if (path.isEmpty()) {
        throw new IllegalArgumentException("path must name at least one file");
      }
      if (maxRecord < 1 || maxRecord > 1 << 30) {
        throw new IllegalArgumentException("max_record must be from 1 to 1073741824 bytes");
      }
      if (splitSize < 1024) {
        throw new IllegalArgumentException("split_size must be at least 1024 bytes");
      }
      if (skipBlank && as != As.LINES) {
        throw new IllegalArgumentException("skip_blank needs as: lines");
      }
    }
  }

  @Override
  public List<Split> splits(Options options, StepContext context) throws Exception {
    return options.missing().files(options.path(), context, some -> splits(some, options, context));
  }

  private List<Split> splits(List<Found> files, Options options, StepContext context)
      throws IOException {
    var splits = new ArrayList<Split>(files.size());
    var stamps = new Stamps();
    String base = context.resolve("").toString();
    for (Found file : files) {
      cut(file, base, options, context, stamps, splits);
    }
    return splits;
  }

  private void cut(
      Found file,
      String base,
      Options options,
      StepContext context,
      Stamps stamps,
      List<Split> splits)
      throws IOException {
    context.checkCancelled();
    String name = context.display(file.path());
    try {
      Piece found = Piece.whole(name, file, stamps);
      Piece whole = options.digest() ? found.digested(stamps) : found;
      if (!divides(whole, options, stamps)) {
        splits.add(whole.split(base));
        return;
      }
      long size = splitSize(options);
      for (long from = 0; from < whole.size(); from += size) {
        splits.add(whole.range(from, Math.min(size, whole.size() - from)).split(base));
      }
    } catch (Unreadable problem) {
      if (options.unreadable() == OnUnreadable.FAIL) {
        throw new PermanentFailure(problem.reason());
      }
      splits.add(Piece.unknown(name, file.path()).split(base));
    }
  }

  private long splitSize(Options options) {
    return Math.min(most, options.splitSize());
  }

  private boolean divides(Piece file, Options options, Stamps stamps)
      throws IOException, Unreadable {
    if (options.as() != As.LINES || file.size() <= splitSize(options)) {
      return false;
    }
    try (FileChannel channel = file.open(stamps)) {
      return !options.compression().packed(file.path(), channel);
    }
  }

  @Override
  public void process(Options options, Input in, Output out, StepContext context) throws Exception {
    var progress = new ReadProgress(context);
    var stamps = new Stamps();
    Piece last = null;
    long lines = 0;
    for (Split split : context.splits()) {
      Piece piece = Piece.of(split, context);
      // Pieces of one file in one task: the engine adds the lines before the task, not between.
      lines = last != null && piece.follows(last) ? lines : 0;
      lines = new PieceReader(piece, options, out, context, progress, stamps).read(lines);
      progress.finished(split);
      last = piece;
    }
  }
}
