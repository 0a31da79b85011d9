package dev.nightjar.plugin.json;

import com.networknt.schema.AbsoluteIri;
import com.networknt.schema.resource.InputStreamSource;
import com.networknt.schema.resource.ResourceLoader;
import dev.nightjar.spi.PermanentFailure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where the files of a schema lie: the only ones that a {@code $ref} may reach. One is named
 * relative to the file that refers to it or, where the first file has an {@code $id}, relative to
 * that.
 */
final class SchemaFolder implements ResourceLoader {

  /** Stands for the folder in the addresses the validator makes; never looked up anywhere. */
  static final String BASE = "schema://folder/";

  /** Schemas that the validator brings along. */
  private static final List<String> BUNDLED =
      List.of("https://json-schema.org/draft/", "http://json-schema.org/draft-");

  private static final int MAX_BYTES = 16 << 20;

  private final Path folder;
  private final String name;
  private final @Nullable String idBase;
  private final List<Path> read = new ArrayList<>();

  private SchemaFolder(Path folder, String name, @Nullable String idBase) {
    this.folder = folder;
    this.name = name;
    this.idBase = idBase;
  }

  /**
   * The folder of a schema.
   *
   * @param name what messages call the schema's file
   * @param id the schema's {@code $id}, or an empty text
   */
  static SchemaFolder of(Path file, String name, String id) throws IOException {
    int slash = id.lastIndexOf('/');
    boolean absolute = id.indexOf("://") > 0 && slash > id.indexOf("://") + 2;
    // A file that could be read has a folder.
    var folder = Objects.requireNonNull(file.toRealPath().getParent());
    return new SchemaFolder(folder, name, absolute ? id.substring(0, slash + 1) : null);
  }

  /**
   * The bytes of a schema's file.
   *
   * @throws PermanentFailure when there is none that can be read
   */
  static byte[] read(Path file, String name) {
    try {
      if (Files.isDirectory(file)) {
        throw new PermanentFailure(name + " is a folder, not a JSON Schema");
      }
      if (Files.size(file) > MAX_BYTES) {
        throw new PermanentFailure(name + " is larger than a schema may be (16 MiB)");
      }
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new PermanentFailure(name + ": there is no such schema file", e);
    } catch (IOException e) {
      throw new PermanentFailure(name + " cannot be read: " + e, e);
    }
  }

  /** The files that a {@code $ref} has reached so far. */
  List<Path> read() {
    return List.copyOf(read);
  }

  boolean allows(AbsoluteIri iri) {
    String text = iri.toString();
    if (relative(text) != null || BUNDLED.stream().anyMatch(text::startsWith)) {
      return true;
    }
    throw new PermanentFailure(
        name
            + ": `$ref` to "
            + text
            + " leads out of the schema's folder; put that schema beside this one and refer to its"
            + " file name");
  }

  @Override
  public @Nullable InputStreamSource getResource(AbsoluteIri iri) {
    String relative = relative(iri.toString());
    if (relative == null) {
      return null;
    }
    Path file = inside(relative);
    byte[] bytes = read(file, name + ": `$ref` to " + relative);
    read.add(file);
    return () -> new ByteArrayInputStream(bytes);
  }

  private Path inside(String relative) {
    try {
      var path =
          folder.resolve(URLDecoder.decode(relative.replace("+", "%2B"), StandardCharsets.UTF_8));
      var real = Files.exists(path) ? path.toRealPath() : path.normalize();
      if (real.startsWith(folder)) {
        return real;
      }
    } catch (IOException | InvalidPathException e) {
      throw new PermanentFailure(name + ": `$ref` to " + relative + " cannot be read: " + e, e);
    }
    throw new PermanentFailure(
        name + ": `$ref` to " + relative + " leads out of the schema's folder");
  }

  private @Nullable String relative(String iri) {
    for (String base : idBase == null ? List.of(BASE) : List.of(BASE, idBase)) {
      if (iri.startsWith(base)) {
        return iri.substring(base.length());
      }
    }
    return null;
  }
}
