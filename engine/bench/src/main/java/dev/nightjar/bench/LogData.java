package dev.nightjar.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * The access log of a shop: lines of about 150 bytes in several scripts. One in a hundred is not
 * UTF-8, one in fifty is blank, one in twenty has white space around it, not only of ASCII. The
 * same seed and size give the same bytes.
 */
final class LogData {

  private static final long SEED = 20_261_121;

  private static final String[] METHODS = {"GET", "GET", "GET", "POST", "HEAD"};
  private static final String[] PATHS = {
    "/shop/pens/100",
    "/shop/search?q=F\u00FCllfederhalter",
    "/shop/search?q=\u4E07\u5E74\u7B46",
    "/shop/search?q=\u0440\u0443\u0447\u043A\u0430",
    "/api/orders",
    "/api/orders/latest",
    "/images/header.webp",
    "/account/login",
    "/shop/mugs/7",
    "/robots.txt"
  };
  private static final String[] PROBES = {
    "/wp-login.php", "/.env", "/cgi-bin/../../etc/passwd", "/shop/search?q=%27%20OR%201"
  };
  private static final String[] AGENTS = {
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 14_2)",
    "curl/8.5.0",
    "B\u00F6rsenbot/2.1",
    "-"
  };
  private static final String[] SPACES = {" ", "  ", "\t", "\u3000", "\u00A0 ", " \t\r"};
  private static final int[] STATUSES = {200, 200, 200, 200, 200, 304, 301, 404, 403, 500};

  private final RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
  private final StringBuilder line = new StringBuilder(512);

  private LogData() {}

  /** The file of this size in a folder; made unless it is there. */
  static Path file(Path folder, int mebibytes) throws IOException {
    Path file = folder.resolve("access-" + mebibytes + ".log");
    if (!Files.exists(file)) {
      Files.createDirectories(folder);
      Path unfinished = folder.resolve("access.unfinished");
      try (var out = new BufferedOutputStream(Files.newOutputStream(unfinished), 1 << 20)) {
        new LogData().write(out, (long) mebibytes << 20);
      }
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    }
    return file;
  }

  private void write(OutputStream out, long least) throws IOException {
    for (long written = 0; written < least; ) {
      byte[] bytes = next();
      out.write(bytes);
      written += bytes.length;
    }
  }

  private byte[] next() {
    line.setLength(0);
    int kind = random.nextInt(100);
    boolean spaced = kind >= 3 && kind < 8;
    if (kind == 1 || spaced) {
      line.append(one(SPACES));
    }
    if (kind != 1 && kind != 2) {
      request();
    }
    if (spaced) {
      line.append(one(SPACES));
    }
    byte[] bytes = line.append('\n').toString().getBytes(StandardCharsets.UTF_8);
    if (kind == 0) {
      // What Latin-1 makes of a small e with an acute accent, with no continuation behind it.
      bytes[random.nextInt(bytes.length - 1)] = (byte) 0xE9;
    }
    return bytes;
  }

  private void request() {
    line.append(10 + random.nextInt(200)).append('.').append(random.nextInt(256));
    line.append('.').append(random.nextInt(256)).append('.').append(random.nextInt(256));
    line.append(" - - [").append(10 + random.nextInt(19)).append("/Nov/2026:");
    line.append(10 + random.nextInt(14)).append(':').append(10 + random.nextInt(50));
    line.append(':').append(10 + random.nextInt(50)).append(" +0000] \"");
    line.append(one(METHODS)).append(' ').append(one(random.nextInt(50) == 0 ? PROBES : PATHS));
    if (random.nextInt(5) == 0) {
      line.append("?session=").append(Long.toHexString(random.nextLong()));
    }
    line.append(" HTTP/1.1\" ").append(STATUSES[random.nextInt(STATUSES.length)]);
    line.append(' ').append(random.nextInt(60_000)).append(" \"https://shop.example.com/\" \"");
    line.append(one(AGENTS)).append('"');
  }

  private String one(String[] of) {
    return of[random.nextInt(of.length)];
  }
}
