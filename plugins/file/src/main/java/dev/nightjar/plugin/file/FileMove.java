package dev.nightjar.plugin.file;

import dev.nightjar.spi.Default;
import dev.nightjar.spi.Doc;
import dev.nightjar.spi.ProcessorSpec;
import dev.nightjar.spi.ProcessorSpec.Effect;
import dev.nightjar.spi.ProcessorSpec.OutputSpec;
import dev.nightjar.spi.StepContext;
import dev.nightjar.spi.Task;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Moves files: renames them, or where that cannot be because the target lies on another disk,
 * copies and then deletes them.
 *
 * <p>Done twice, it finds nothing the second time; so it says {@code once}.
 */
@ProcessorSpec(
    name = "file.move",
    summary = "Moves files.",
    effect = Effect.ONCE,
    outputs = @OutputSpec(name = "files", type = "integer", summary = "How many files were moved."))
public final class FileMove implements Task<FileMove.Options> {

  /** Options of {@code file.move}. */
  public record Options(
      @Doc("The files: paths or patterns, as for file.read.") List<Path> from,
      @Doc("The new path of the one file that `from` means.") @Nullable Path to,
      @Doc("Instead of `to`: the folder that the files go into, under their own names.")
          @Nullable Path folder,
      @Doc("What to do when there is a file already.") @Default("fail") Occupied exists,
      @Doc("What to do when a path or pattern means no file.") @Default("fail") Missing missing) {

    /** Checks what types cannot say. */
    public Options {
      from = new Transfer(from, to, folder, exists, missing).from();
    }

    private Transfer transfer() {
      return new Transfer(from, to, folder, exists, missing);
    }
  }

  @Override
  public void run(Options options, StepContext context) throws Exception {
    Map<Path, Path> plan = options.transfer().plan(context);
    int done = 0;
    for (Map.Entry<Path, Path> file : plan.entrySet()) {
      move(file.getKey(), file.getValue(), context);
      context.progress(++done, plan.size());
    }
    context.output("files", done);
  }

  private static void move(Path source, Path target, StepContext context) throws IOException {
    context.checkCancelled();
    context.writable(Replacement.folder(source));
    try {
      Files.createDirectories(Replacement.folder(target));
      Files.move(
          source, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      Replacement.settle(Replacement.folder(target));
    } catch (AtomicMoveNotSupportedException otherDisk) {
      Transfer.copy(source, target, context);
      Files.delete(source);
    } catch (IOException failure) {
      throw Reason.writing(context.display(target), failure);
    }
  }
}
