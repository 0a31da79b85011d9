package dev.nightjar.plugin.file;

import dev.nightjar.spi.PermanentFailure;
import dev.nightjar.spi.StepContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The files that a sink's parts are to become, and of what. */
final class Targets {

  private final StepContext context;
  private final SortedMap<Path, List<Path>> pieces = new TreeMap<>();
  private final SortedMap<Path, String> sources = new TreeMap<>();

  private Targets(StepContext context) {
    this.context = context;
  }

  /**
   * Collects the parts' files by target.
   *
   * @throws PermanentFailure when a target must not or cannot be written
   */
  static Targets of(List<Path> parts, @Nullable String constant, StepContext context)
      throws IOException {
    var targets = new Targets(context);
    if (constant != null) {
      targets.of(new PartIndex.Entry(constant, ""));
    }
    for (Path part : parts) {
      List<PartIndex.Entry> entries = PartIndex.read(part);
      for (int i = 0; i < entries.size(); i++) {
        targets.of(entries.get(i)).add(PartIndex.file(part, i));
      }
    }
    targets.checkApart();
    return targets;
  }

  /** Makes sure that no target would have to be a folder for another. */
  private void checkApart() {
    for (Path path : pieces.keySet()) {
      for (Path above = path.getParent(); above != null; above = above.getParent()) {
        if (pieces.containsKey(above)) {
          throw new PermanentFailure(
              "%s cannot be a file and the folder of %s"
                  .formatted(context.display(above), context.display(path)));
        }
      }
    }
  }

  /** What each file gets, in order; the files in the order of their paths. */
  SortedMap<Path, List<Path>> all() {
    return pieces;
  }

  private List<Path> of(PartIndex.Entry entry) throws IOException {
    Path path = real(context.resolve(entry.path()));
    String source = sources.putIfAbsent(path, entry.source());
    if (source != null && !source.equals(entry.source())) {
      throw clash(context.display(path), source, entry.source());
    }
    return pieces.computeIfAbsent(path, none -> new ArrayList<>());
  }

  /** The file that a path means: through a link, what it points to, if the run may write there. */
  private Path real(Path path) throws IOException {
    Path target = context.writable(path);
    String name = context.display(path);
    if (Files.isSymbolicLink(target)) {
      if (!Files.exists(target)) {
        throw new PermanentFailure(name + " is a link to something that does not exist");
      }
      target = context.writable(target.toRealPath());
    }
    if (Files.isDirectory(target)) {
      throw folder(name);
    }
    if (Files.exists(target, LinkOption.NOFOLLOW_LINKS) && !Files.isRegularFile(target)) {
      throw new PermanentFailure(
          name + " is a device, a pipe or a socket: only files can be written");
    }
    return target;
  }

  static PermanentFailure folder(String name) {
    return new PermanentFailure(name + " is a folder: name a file to write");
  }

  static PermanentFailure exists(String name) {
    return new PermanentFailure(
        name
            + " is there already, and the step says `exists: fail`: move it away or choose another");
  }

  static PermanentFailure clash(String name, String one, String other) {
    return new PermanentFailure(
        "both %s and %s would be written to %s: say `keep_folders: true`"
            .formatted(one, other, name));
  }
}
