package dev.nightjar.stage.plugin;

import dev.nightjar.model.options.PluginDeclaration;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * What a plugin's jar says of itself, read without loading a class.
 *
 * @param path what messages name
 * @param content what its bytes are read from: the same, or a copy
 * @param requires the range of engine versions it works with; empty for any
 * @param dependencies the plugins whose classes it uses
 * @param stamp how the file looked when it was read
 */
record PluginJar(
    Path path,
    Path content,
    PluginDeclaration declaration,
    String requires,
    List<Dependency> dependencies,
    Stamp stamp) {

  /** No plugin comes near; a hostile jar must not fill the memory. */
  private static final int MAX_ENTRY = 4 << 20;

  /**
   * Another plugin whose classes a plugin uses.
   *
   * @param id its plugin id
   */
  record Dependency(String id, boolean optional) {

    /** Reads {@code id}, {@code id?} or {@code id@range}, PF4J's notation. */
    static Dependency parse(String text) {
      int at = text.indexOf('@');
      String id = (at < 0 ? text : text.substring(0, at)).strip();
      return id.endsWith("?")
          ? new Dependency(id.substring(0, id.length() - 1), true)
          : new Dependency(id, false);
    }
  }

  String id() {
    return declaration.id();
  }

  /**
   * SHA-256 of the file.
   *
   * @throws PluginException when it cannot be read, or is not what it was
   */
  String digest() {
    try {
      String digest;
      try (var in =
          new DigestInputStream(
              Files.newInputStream(content), MessageDigest.getInstance("SHA-256"))) {
        in.transferTo(OutputStream.nullOutputStream());
        digest = HexFormat.of().formatHex(in.getMessageDigest().digest());
      }
      if (!stamp.fits(content)) {
        throw new PluginException(
            path + ": was replaced after its declarations were read; start again", null);
      }
      return digest;
    } catch (IOException e) {
      throw new PluginException(path + ": cannot be read: " + e.getMessage(), e);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /**
   * Reads one jar.
   *
   * @throws PluginException with what is wrong, without the jar's name
   */
  static PluginJar read(JarCopy jar) {
    Path content = jar.copy();
    if (!Files.isRegularFile(content)) {
      throw wrong("is no file", null);
    }
    try {
      Stamp stamp = Stamp.of(content);
      if (stamp == null) {
        throw wrong("is no file", null);
      }
      try (ZipFile zip = new ZipFile(content.toFile())) {
        return read(jar, zip, stamp);
      }
    } catch (ZipException e) {
      throw wrong("is not a jar: " + e.getMessage(), e);
    } catch (NoSuchFileException e) {
      throw wrong("vanished while it was read", e);
    } catch (IOException e) {
      throw wrong("cannot be read: " + e.getMessage(), e);
    }
  }

  private static PluginJar read(JarCopy jar, ZipFile zip, Stamp stamp) throws IOException {
    Attributes manifest = manifest(zip);
    String id = required(manifest, "Plugin-Id");
    if (!id.matches("[a-z][a-z0-9-]{0,62}")) {
      throw wrong(
          "has the Plugin-Id `" + id + "`; an id is [a-z][a-z0-9-]*, at most 63 characters", null);
    }
    String version = required(manifest, "Plugin-Version");
    if (!version.matches("\\d{1,9}\\.\\d{1,9}\\.\\d{1,9}([-+][0-9A-Za-z.+-]{1,100})?")) {
      throw wrong("has the Plugin-Version `" + version + "`; write it as 1.2.3", null);
    }
    if (manifest.getValue("Class-Path") != null) {
      throw wrong(
          "has a Class-Path in its manifest, which reaches out of the plugin folder; bundle the"
              + " libraries in the jar instead",
          null);
    }
    String requires = manifest.getValue("Plugin-Requires");
    return new PluginJar(
        jar.jar(),
        jar.copy(),
        declaration(zip, id, version, manifest),
        requires == null ? "" : requires.strip(),
        dependencies(manifest),
        stamp);
  }

  private static Attributes manifest(ZipFile zip) throws IOException {
    byte[] bytes = entry(zip, "META-INF/MANIFEST.MF");
    if (bytes == null) {
      throw wrong("is not a plugin: it has no META-INF/MANIFEST.MF", null);
    }
    try (InputStream in = new ByteArrayInputStream(bytes)) {
      return new Manifest(in).getMainAttributes();
    } catch (IOException | IllegalArgumentException e) {
      throw wrong("has a manifest that cannot be read: " + e.getMessage(), e);
    }
  }

  private static String required(Attributes manifest, String name) {
    String value = manifest.getValue(name);
    if (value == null || value.isBlank()) {
      throw wrong(
          "is not a plugin: its manifest has no "
              + name
              + "; if it is a library, bundle it in the jar of the plugin that uses it",
          null);
    }
    return value.strip();
  }

  private static List<Dependency> dependencies(Attributes manifest) {
    String text = manifest.getValue("Plugin-Dependencies");
    List<Dependency> all = new ArrayList<>();
    if (text != null) {
      for (String part : text.split(",", -1)) {
        if (!part.isBlank()) {
          all.add(Dependency.parse(part.strip()));
        }
      }
    }
    return List.copyOf(all);
  }

  private static PluginDeclaration declaration(
      ZipFile zip, String id, String version, Attributes manifest) throws IOException {
    byte[] json = entry(zip, PluginDeclaration.FILE);
    if (json == null) {
      throw wrong(withoutDeclarations(zip), null);
    }
    String description = manifest.getValue("Plugin-Description");
    try {
      return PluginDeclaration.read(
          id, version, description == null ? "" : description, new ByteArrayInputStream(json));
    } catch (IllegalArgumentException e) {
      throw wrong("cannot be used: " + e.getMessage(), e);
    }
  }

  private static String withoutDeclarations(ZipFile zip) throws IOException {
    byte[] index = entry(zip, "META-INF/extensions.idx");
    boolean declares =
        index != null
            && new String(index, StandardCharsets.UTF_8)
                .lines()
                .anyMatch(line -> !line.isBlank() && !line.strip().startsWith("#"));
    return declares
        ? "declares extensions of which none is a processor of this engine: it has no "
            + PluginDeclaration.FILE
            + "; annotate its processors with @ProcessorSpec and compile it with nightjar-spi as an"
            + " annotation processor"
        : "has no processors: there is no "
            + PluginDeclaration.FILE
            + " in it; since Java 23 the compiler runs annotation processors only when told to,"
            + " with <proc>full</proc> in Maven or -proc:full";
  }

  private static byte @Nullable [] entry(ZipFile zip, String name) throws IOException {
    ZipEntry entry = zip.getEntry(name);
    if (entry == null) {
      return null;
    }
    try (InputStream in = zip.getInputStream(entry)) {
      byte[] bytes = in.readNBytes(MAX_ENTRY + 1);
      if (bytes.length > MAX_ENTRY) {
        throw wrong("has a " + name + " of more than 4 MiB", null);
      }
      return bytes;
    }
  }

  private static PluginException wrong(String message, @Nullable Throwable cause) {
    return new PluginException(message, cause);
  }
}
