package dev.nightjar.daemon.web;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The token of each role. Comparing takes the same time whatever is shown. */
public final class Tokens {

  private static final int BYTES = 32;

  private final Map<Role, String> tokens;
  private final Map<Role, byte[]> digests = new EnumMap<>(Role.class);

  Tokens(Map<Role, String> tokens) {
    this.tokens = new EnumMap<>(tokens);
    for (Role role : Role.values()) {
      digests.put(role, digest(this.tokens.getOrDefault(role, "")));
    }
  }

  /**
   * The tokens of a work folder, made when it has none. They stand in {@code tokens.json}, which
   * only its owner can read.
   *
   * @throws TokensException when the file can be read by others, or not at all
   */
  public static Tokens open(Path folder, SecureRandom random) {
    return TokenFile.open(folder.resolve("tokens.json"), random);
  }

  static Tokens draw(SecureRandom random) {
    Map<Role, String> tokens = new EnumMap<>(Role.class);
    for (Role role : Role.values()) {
      byte[] secret = new byte[BYTES];
      random.nextBytes(secret);
      tokens.put(
          role, prefix(role) + Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
    }
    return new Tokens(tokens);
  }

  static boolean isToken(Role role, String text) {
    return text.matches(prefix(role) + "[A-Za-z0-9_-]{43}");
  }

  private static String prefix(Role role) {
    return "nj_" + role.word() + "_";
  }

  /** The token of a role, to be shown to whoever owns the folder, and to nobody else. */
  public String of(Role role) {
    return tokens.getOrDefault(role, "");
  }

  /** Whose token somebody shows. */
  Optional<Role> role(String shown) {
    return matching(digest(shown), digests);
  }

  /** What a browser keeps instead of a role's token. It ends with the token. */
  String session(Role role) {
    byte[] seal = hmac(of(role), "nightjar session " + role.word());
    return role.word() + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(seal);
  }

  /** Whose session somebody shows. */
  Optional<Role> sessionRole(String shown) {
    Map<Role, byte[]> sessions = new EnumMap<>(Role.class);
    for (Role role : Role.values()) {
      sessions.put(role, digest(session(role)));
    }
    return matching(digest(shown), sessions);
  }

  private static Optional<Role> matching(byte[] shown, Map<Role, byte[]> known) {
    Optional<Role> found = Optional.empty();
    for (Map.Entry<Role, byte[]> one : known.entrySet()) {
      // All are compared, so that the time does not tell which it was.
      if (MessageDigest.isEqual(one.getValue(), shown)) {
        found = Optional.of(one.getKey());
      }
    }
    return found;
  }

  private static byte[] digest(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] hmac(String key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Without the tokens. */
  @Override
  public String toString() {
    return "Tokens";
  }
}
