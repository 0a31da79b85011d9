package dev.nightjar.plugin.file;

import dev.nightjar.spi.DataRecord;
import dev.nightjar.spi.Default;
import dev.nightjar.spi.Doc;
import dev.nightjar.spi.Input;
import dev.nightjar.spi.Origin;
import dev.nightjar.spi.Output;
import dev.nightjar.spi.ProcessorSpec;
import dev.nightjar.spi.ProcessorSpec.Emitted;
import dev.nightjar.spi.StepContext;
import dev.nightjar.spi.StreamProcessor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Lists files without reading them, in the order of their paths' bytes. */
@ProcessorSpec(
    name = "file.list",
    summary = "Lists files: path, name, size in bytes and time of the last change.",
    emits = Emitted.JSON)
public final class FileList implements StreamProcessor<FileList.Options> {

  /** Options of {@code file.list}. */
  public record Options(
      @Doc("The files: paths or patterns, as for file.read.") List<Path> path,
      @Doc("What to do when a path or pattern means no file.") @Default("fail") Missing missing) {

    /** Checks what types cannot say. */
    public Options {
      path = List.copyOf(path);
      if (path.isEmpty()) {
        throw new IllegalArgumentException("path must name at least one file");
      }
    }
  }

  @Override
  public void process(Options options, Input in, Output out, StepContext context) throws Exception {
    var stamps = new Stamps();
    for (Found file : options.missing().files(options.path(), context)) {
      String name = context.display(file.path());
      try {
        out.emit(DataRecord.json(describe(file, name, stamps), new Origin(name, 0, -1)));
      } catch (IOException failure) {
        throw Reason.reading(name, failure);
      }
    }
  }

  private static JsonNode describe(Found found, String name, Stamps stamps) throws IOException {
    BasicFileAttributes file = found.file();
    if (file == null) {
      // A link to nothing is listed as the link it is.
      file =
          Files.readAttributes(found.path(), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }
    return JsonNodeFactory.instance
        .objectNode()
        .put("path", name)
        .put("name", String.valueOf(found.path().getFileName()))
        .put("size", file.size())
        .put("modified", stamps.modified(file));
  }
}
