package dev.nightjar.plugin.file;

import dev.nightjar.spi.Default;
import dev.nightjar.spi.Doc;
import dev.nightjar.spi.PermanentFailure;
import dev.nightjar.spi.ProcessorSpec;
import dev.nightjar.spi.ProcessorSpec.Effect;
import dev.nightjar.spi.ProcessorSpec.OutputSpec;
import dev.nightjar.spi.StepContext;
import dev.nightjar.spi.Task;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Deletes files, and folders when told to. Of a link the link goes, never what it points to. */
@ProcessorSpec(
    name = "file.delete",
    summary = "Deletes files and, when told to, folders.",
    effect = Effect.IDEMPOTENT,
    outputs =
        @OutputSpec(name = "files", type = "integer", summary = "How many files were deleted."))
public final class FileDelete implements Task<FileDelete.Options> {

  /** Options of {@code file.delete}. */
  public record Options(
      @Doc("The files: paths or patterns, as for file.read.") List<Path> path,
      @Doc("Whether a path that is a folder is deleted with all that lies in it.") @Default("false")
          boolean recursive,
      @Doc("What to do when a path or pattern means no file.") @Default("ignore") Missing missing) {

    /** Checks what types cannot say. */
    public Options {
      path = List.copyOf(path);
      if (path.isEmpty()) {
        throw new IllegalArgumentException("path must name at least one file");
      }
    }
  }

  @Override
  public void run(Options options, StepContext context) throws Exception {
    var files = new ArrayList<Path>();
    for (Found found : options.missing().files(options.path(), context)) {
      files.add(deletable(found.path().normalize(), options, context));
    }
    var deletion = new Deletion(context);
    for (Path file : files) {
      Files.walkFileTree(file, deletion);
    }
    context.output("files", deletion.files);
  }

  private static Path deletable(Path path, Options options, StepContext context) {
    Path folder = path.getParent();
    if (folder == null) {
      throw new PermanentFailure("the root folder is not deleted");
    }
    // Where the entry lies counts, not where a link points.
    context.writable(folder);
    if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS) && !options.recursive()) {
      throw new PermanentFailure(
          context.display(path) + " is a folder: say `recursive: true` to delete all in it");
    }
    return path;
  }

  /** Deletes what it visits; does not follow links. */
  private static final class Deletion extends SimpleFileVisitor<Path> {

    private final StepContext context;
    private long files;

    Deletion(StepContext context) {
      this.context = context;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      context.checkCancelled();
      delete(file);
      files++;
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
      throw undeletable(file, failure);
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
        throws IOException {
      if (failure != null) {
        throw undeletable(folder, failure);
      }
      delete(folder);
      return FileVisitResult.CONTINUE;
    }

    private void delete(Path path) throws IOException {
      try {
        Files.deleteIfExists(path);
      } catch (IOException failure) {
        throw undeletable(path, failure);
      }
    }

    private IOException undeletable(Path path, IOException failure) {
      return new IOException(
          "cannot delete " + context.display(path) + ": " + Reason.of(failure), failure);
    }
  }
}
