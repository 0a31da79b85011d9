package dev.nightjar.daemon.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The files of the page, all of them from the class path. What is served is listed one by one, so
 * there is no way from one to another.
 */
public final class Assets {

  /**
   * A file.
   *
   * @param path where it is served
   * @param resource where it is in the class path, from its root
   * @param open whether those may see it who have no token: the sign-in page and what it needs
   */
  public record Asset(String path, String resource, boolean open) {

    /** For those who have a token. */
    public static Asset closed(String path, String resource) {
      return new Asset(path, resource, false);
    }

    /** For everybody. */
    public static Asset open(String path, String resource) {
      return new Asset(path, resource, true);
    }
  }

  /** An asset as it is sent. */
  @SuppressWarnings("ArrayRecordComponent") // Read only.
  record Content(String mediaType, String tag, byte[] bytes, byte @Nullable [] gzip) {}

  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("html", "text/html; charset=utf-8"),
          Map.entry("css", "text/css; charset=utf-8"),
          Map.entry("js", "text/javascript; charset=utf-8"),
          Map.entry("mjs", "text/javascript; charset=utf-8"),
          Map.entry("json", "application/json"),
          Map.entry("webmanifest", "application/manifest+json"),
          Map.entry("svg", "image/svg+xml"),
          Map.entry("png", "image/png"),
          Map.entry("ico", "image/x-icon"),
          Map.entry("txt", "text/plain; charset=utf-8"),
          Map.entry("woff2", "font/woff2"));

  private final ClassLoader classPath;
  private final Map<String, Asset> assets = new HashMap<>();
  private final @Nullable String signIn;
  private final Map<String, Content> read = new HashMap<>();

  /**
   * From a class path. Each file is looked for at once, and read when it is first asked for.
   *
   * @param signIn the path of the page that a browser without a session sees instead of any other;
   *     null for none
   * @throws IllegalArgumentException when one is not there, is of an unknown type, or is listed
   *     twice
   */
  public Assets(ClassLoader classPath, List<Asset> assets, @Nullable String signIn) {
    this.classPath = classPath;
    this.signIn = signIn;
    for (Asset asset : assets) {
      if (classPath.getResource(asset.resource()) == null) {
        throw new IllegalArgumentException("not in the class path: " + asset.resource());
      }
      if (!TYPES.containsKey(extension(asset.resource()))) {
        throw new IllegalArgumentException("of unknown type: " + asset.resource());
      }
      if (this.assets.put(asset.path(), asset) != null) {
        throw new IllegalArgumentException("served twice: " + asset.path());
      }
    }
    if (signIn != null && !this.assets.containsKey(signIn)) {
      throw new IllegalArgumentException("no asset: " + signIn);
    }
  }

  /** None at all. */
  public static Assets none() {
    return new Assets(Assets.class.getClassLoader(), List.of(), null);
  }

  private static String extension(String name) {
    return name.substring(name.lastIndexOf('.') + 1);
  }

  /** What is served at a path, written as it is listed. */
  Optional<Asset> find(String path) {
    return Optional.ofNullable(assets.get(path));
  }

  /** The page to sign in. */
  Optional<Asset> signIn() {
    return Optional.ofNullable(signIn).flatMap(this::find);
  }

  /** Read at the first time. */
  synchronized Content content(Asset asset) {
    return read.computeIfAbsent(asset.resource(), this::load);
  }

  private Content load(String resource) {
    try (InputStream in = classPath.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IOException("gone from the class path: " + resource);
      }
      byte[] bytes = in.readAllBytes();
      byte[] gzip = gzip(bytes);
      String type = TYPES.getOrDefault(extension(resource), "application/octet-stream");
      return new Content(type, tag(bytes), bytes, gzip.length < bytes.length ? gzip : null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String tag(byte[] bytes) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(digest).substring(0, 22);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Compressed as well as it goes; the caller weighs whether that is worth it. */
  static byte[] gzip(byte[] bytes) {
    var out = new ByteArrayOutputStream(bytes.length / 3 + 64);
    try (var gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
