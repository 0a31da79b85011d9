package dev.nightjar.plugin.file;

import dev.nightjar.spi.DataRecord;
import dev.nightjar.spi.Default;
import dev.nightjar.spi.Doc;
import dev.nightjar.spi.Kind;
import dev.nightjar.spi.Origin;
import dev.nightjar.spi.PermanentFailure;
import dev.nightjar.spi.ProcessorSpec;
import dev.nightjar.spi.ProcessorSpec.Effect;
import dev.nightjar.spi.ProcessorSpec.OutputSpec;
import dev.nightjar.spi.RecordFunction;
import dev.nightjar.spi.RecordProcessor;
import dev.nightjar.spi.Rejected;
import dev.nightjar.spi.Sink;
import dev.nightjar.spi.StepContext;
import dev.nightjar.spi.Template;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Writes records to one file, to files named by the records, or to one file for each file read.
 *
 * <p>The tasks write plain bytes beside; {@link #commit} makes of them the new files, compressed if
 * need be, and puts them in place when all are complete. Compression waits until then so that the
 * bytes do not depend on how the work was shared out. A reader sees an old file or a new one, never
 * a part; and where anything fails, the old ones.
 */
@ProcessorSpec(
    name = "file.write",
    summary = "Writes records to files, which appear complete or not at all.",
    accepts = {Kind.TEXT, Kind.JSON, Kind.BYTES},
    effect = Effect.IDEMPOTENT,
    outputs = {
      @OutputSpec(name = "files", type = "integer", summary = "How many files were written."),
      @OutputSpec(
          name = "bytes",
          type = "integer",
          summary = "How many bytes they got, before compression."),
      @OutputSpec(
          name = "path",
          type = "string",
          summary = "The file, where it is one for all records.")
    })
public final class FileWrite
    implements RecordProcessor<FileWrite.Options>, Sink<FileWrite.Options> {

  /** A record that templates without an expression may be asked with. */
  private static final DataRecord ANY = DataRecord.utf8(new byte[0], 0, 0, Origin.NONE);

  /** Options of {@code file.write}. */
  public record Options(
      @Doc(
              "The file, relative to the workflow's folder; with an expression such as `out/${{ record.day }}.ndjson` each record says which.")
          @Nullable Template path,
      @Doc("Instead of `path`: the folder for one file for each file read, under its name.")
          @Nullable Path folder,
      @Doc("What is put behind those names, such as `.clean`.") @Default("") String suffix,
      @Doc("Whether the folders of the files read are kept below `folder`.") @Default("false")
          boolean keepFolders,
      @Doc("What to do about a file that is there already.") @Default("overwrite") Existing exists,
      @Doc(
              "What follows each record: if not given, a line feed after text and JSON, nothing after bytes.")
          @Nullable String separator,
      @Doc("How the files are compressed.") @Default("auto") Compression compression) {

    /** Checks what types cannot say. */
    public Options {
      if ((path == null) == (folder == null)) {
        throw new IllegalArgumentException("give either path or folder");
      }
      if (folder == null && (keepFolders || !suffix.isEmpty())) {
        throw new IllegalArgumentException("suffix and keep_folders need folder");
      }
      if (suffix.contains("/")) {
        throw new IllegalArgumentException("suffix must not hold a /");
      }
    }

    /**
     * The one name for all records, if there is one.
     *
     * @throws PermanentFailure when it cannot be one
     */
    @Nullable String constant() {
      if (path == null || !path.constant()) {
        return null;
      }
      String name = path.text(ANY);
      try {
        return Naming.checked(name);
      } catch (Rejected unfit) {
        throw new PermanentFailure(unfit.reason());
      }
    }
  }

  /** What to do about a file that is there already. */
  public enum Existing {
    @Doc("It is replaced.")
    OVERWRITE,
    @Doc("Its content stays, the records are put behind it.")
    APPEND,
    @Doc("The step fails.")
    FAIL
  }

  @Override
  public RecordFunction open(Options options, StepContext context) throws IOException {
    String constant = options.constant();
    if (constant != null) {
      checkEarly(context.resolve(constant), options, context);
    }
    return new Writing(options, constant, context);
  }

  /** Tells before the work what could only fail after it. */
  private static void checkEarly(Path target, Options options, StepContext context) {
    context.writable(target);
    if (options.exists() == Existing.FAIL && Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      throw Targets.exists(context.display(target));
    }
    if (Files.isDirectory(target)) {
      throw Targets.folder(context.display(target));
    }
  }

  @Override
  public void commit(Options options, Iterable<Path> parts, StepContext context) throws Exception {
    String constant = options.constant();
    var publication = new Publication(options, constant, context);
    publication.publish(parts);
    context.output("files", publication.files());
    context.output("bytes", publication.bytes());
    if (constant != null) {
      context.output("path", context.display(context.resolve(constant)));
    }
  }
}
