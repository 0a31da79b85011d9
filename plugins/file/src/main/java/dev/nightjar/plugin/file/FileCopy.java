package dev.nightjar.plugin.file;

import dev.nightjar.spi.Default;
import dev.nightjar.spi.Doc;
import dev.nightjar.spi.ProcessorSpec;
import dev.nightjar.spi.ProcessorSpec.Effect;
import dev.nightjar.spi.ProcessorSpec.OutputSpec;
import dev.nightjar.spi.StepContext;
import dev.nightjar.spi.Task;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Copies files; each copy appears complete or not at all, with the permissions of its source. */
@ProcessorSpec(
    name = "file.copy",
    summary = "Copies files.",
    effect = Effect.IDEMPOTENT,
    outputs =
        @OutputSpec(name = "files", type = "integer", summary = "How many files were copied."))
public final class FileCopy implements Task<FileCopy.Options> {

  /** Options of {@code file.copy}. */
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
      Transfer.copy(file.getKey(), file.getValue(), context);
      context.progress(++done, plan.size());
    }
    context.output("files", done);
  }
}
