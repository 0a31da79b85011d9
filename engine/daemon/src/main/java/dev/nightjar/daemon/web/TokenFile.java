package dev.nightjar.daemon.web;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The file that holds the tokens: a JSON object, one member a role. */
final class TokenFile {

  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");

  /** Many times what is in it. */
  private static final int MAX_BYTES = 10_000;

  private TokenFile() {}

  /** Reads it, or makes it; throws as {@link Tokens#open}. */
  static Tokens open(Path file, SecureRandom random) {
    try {
      if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
        make(file, random);
      }
      check(file);
      return read(file);
    } catch (NoSuchFileException e) {
      throw new TokensException("there is no folder " + file.getParent() + " for the tokens", e);
    } catch (IOException | UnsupportedOperationException e) {
      throw new TokensException(
          "the tokens in "
              + file
              + " cannot be used: "
              + e.getClass().getSimpleName()
              + "; its folder must be writable, on a file system with owners and permissions",
          e);
    }
  }

  /** Whole before it can be seen: of two processes one makes it, and both read the same. */
  private static void make(Path file, SecureRandom random) throws IOException {
    byte[] name = new byte[8];
    random.nextBytes(name);
    Path beside = file.resolveSibling(file.getFileName() + "." + HexFormat.of().formatHex(name));
    try {
      write(beside, text(Tokens.draw(random)));
      Files.createLink(file, beside);
    } catch (FileAlreadyExistsException other) {
      // Somebody was first.
    } finally {
      Files.deleteIfExists(beside);
    }
  }

  private static void write(Path file, String text) throws IOException {
    var options = EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (FileChannel out =
        FileChannel.open(file, options, PosixFilePermissions.asFileAttribute(OWNER_ONLY))) {
      ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
      out.force(true);
    }
  }

  private static String text(Tokens tokens) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    for (Role role : Role.values()) {
      json.put(role.word(), tokens.of(role));
    }
    return json.toPrettyString() + "\n";
  }

  private static void check(Path file) throws IOException {
    PosixFileAttributes attributes =
        Files.readAttributes(file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (!attributes.isRegularFile() || attributes.size() > MAX_BYTES) {
      throw new TokensException(file + " is no file of tokens; remove it, and new ones are made");
    }
    if (!OWNER_ONLY.containsAll(attributes.permissions())) {
      throw new TokensException(
          file
              + " can be read by others; remove it, and new tokens are made, or, when nobody can"
              + " have read it, `chmod 600` it");
    }
  }

  private static Tokens read(Path file) throws IOException {
    Map<Role, String> tokens = new EnumMap<>(Role.class);
    JsonNode json = json(file);
    for (Role role : Role.values()) {
      String token = json.path(role.word()).asString("");
      if (!Tokens.isToken(role, token)) {
        throw new TokensException(
            file
                + " has no token for the role "
                + role.word()
                + "; remove the file, and new ones are made");
      }
      tokens.put(role, token);
    }
    return new Tokens(tokens);
  }

  private static JsonNode json(Path file) throws IOException {
    try {
      return JsonMapper.shared().readTree(Files.readAllBytes(file));
    } catch (JacksonException wrong) {
      // Its message may show what is in the file.
      throw new TokensException(file + " is not JSON; remove it, and new tokens are made");
    }
  }
}
