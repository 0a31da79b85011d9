package dev.nightjar.daemon.web;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names by which the server may be called. A page of somebody else's that had its name point to
 * this machine would still call by its own name.
 */
final class Hosts {

  private static final Pattern NAME =
      Pattern.compile("(https?://)?([A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+\\])");
  private static final Pattern CALLED =
      Pattern.compile("([A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+\\])(:[0-9]{1,5})?");
  private static final List<String> LOOPBACK = List.of("localhost", "127.0.0.1", "[::1]");

  /** The scheme that a browser sees, by name in lower case. */
  private final Map<String, String> schemes = new HashMap<>();

  /** Those of a server: its address, when it is one, and what its operator named. */
  static Hosts of(WebSettings settings) {
    List<String> names = new ArrayList<>();
    if (!settings.address().isAnyLocalAddress()) {
      names.add(written(settings.address()));
    }
    names.addAll(settings.hosts());
    return new Hosts(names);
  }

  /**
   * The loopback's names and these.
   *
   * @throws IllegalArgumentException when one is no name
   */
  Hosts(List<String> named) {
    LOOPBACK.forEach(name -> schemes.put(canonical(name), "http"));
    for (String name : named) {
      Matcher parts = NAME.matcher(name);
      if (!parts.matches()) {
        throw new IllegalArgumentException(
            "`"
                + name
                + "` is no name of a host; write it as in nightjar.example.org or"
                + " https://nightjar.example.org, without a port");
      }
      String scheme = "https://".equals(parts.group(1)) ? "https" : "http";
      schemes.put(canonical(parts.group(2)), scheme);
    }
  }

  /** Whether a Host header, whatever its port, names this server. */
  boolean isOurs(String host) {
    return !name(host).isEmpty() && schemes.containsKey(name(host));
  }

  /** Whether a browser speaks TLS with what is called so. */
  boolean isSecure(String host) {
    return "https".equals(schemes.get(name(host)));
  }

  private static String name(String host) {
    Matcher parts = CALLED.matcher(host);
    return parts.matches() ? canonical(parts.group(1)) : "";
  }

  /** One way to write a name; an address of version 6 has many. */
  private static String canonical(String name) {
    if (!name.startsWith("[")) {
      return name.toLowerCase(Locale.ROOT);
    }
    try {
      return written(InetAddress.ofLiteral(name.substring(1, name.length() - 1)));
    } catch (IllegalArgumentException none) {
      return "";
    }
  }

  private static String written(InetAddress address) {
    String text = address.getHostAddress();
    return address instanceof Inet6Address ? "[" + text.replaceAll("%.*", "") + "]" : text;
  }

  /**
   * Refuses what another page made the browser send.
   *
   * @param origins the values of the Origin header
   * @param sites those of Sec-Fetch-Site
   * @throws Problem unless both say that our own page asks
   */
  void checkOrigin(String host, List<String> origins, List<String> sites) {
    String own = (isSecure(host) ? "https://" : "http://") + host;
    List<String> expected = List.of(own.toLowerCase(Locale.ROOT));
    List<String> given = origins.stream().map(origin -> origin.toLowerCase(Locale.ROOT)).toList();
    boolean sameSite = sites.isEmpty() || sites.equals(List.of("same-origin"));
    if (!given.equals(expected) || !sameSite) {
      throw new Problem(
          403,
          "Foreign origin",
          "with the cookie of a session only the daemon's own page may change something; programs"
              + " show their token in the Authorization header");
    }
  }
}
