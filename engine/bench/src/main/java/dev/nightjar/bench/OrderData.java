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
 * Orders as a shop would export them: NDJSON of about 320 bytes a record. One in a hundred is
 * malformed, one in a hundred breaks the schema. The same seed and size give the same bytes.
 */
final class OrderData {

  private static final long SEED = 20_261_120;

  private static final String[] NAMES = {
    "Maryam Mirzakhani",
    "Zoë Müller",
    "Mary Somerville",
    "José Ñandú",
    "Søren Åkesson",
    "Łucja Frey",
    "Hedy Lamarr",
    "Иван Петров",
    "田中 花子",
    "Ada Lovelace",
    "Grace Hopper",
    "Émilie du Châtelet",
    "Joan Clarke",
    "Katherine Johnson",
    "Sofia Kovalevskaya",
    "Emmy Noether"
  };
  private static final String[] STREETS = {
    "Hauptstraße", "Rue de la Paix", "High Street", "Calle Mayor", "Via Roma", "Kungsgatan"
  };
  private static final String[] ARTICLES = {"PEN-100", "MUG-7", "LAMP-14", "SHELF-3", "CHAIR-21"};
  private static final String[] NOTES = {
    "", ",\"note\":\"ring twice\"", ",\"note\":\"\\\"express\\\", before noon\"", ",\"note\":null"
  };

  private final RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
  private final StringBuilder line = new StringBuilder(512);

  private final int leastItems;
  private final int moreItems;

  private OrderData() {
    this(1, 2);
  }

  /** Each order has the least number of items, and up to so many more. */
  private OrderData(int leastItems, int moreItems) {
    this.leastItems = leastItems;
    this.moreItems = moreItems;
  }

  /** The file of this size in a folder; made unless it is there. */
  static Path file(Path folder, int mebibytes) throws IOException {
    Path file = folder.resolve("orders-" + mebibytes + ".ndjson");
    if (!Files.exists(file)) {
      Files.createDirectories(folder);
      Path unfinished = folder.resolve("orders.unfinished");
      try (var out = new BufferedOutputStream(Files.newOutputStream(unfinished), 1 << 20)) {
        new OrderData().write(out, (long) mebibytes << 20);
      }
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    }
    return file;
  }

  /**
   * A folder with so many files, each of one order of about 2 KiB on one line; made unless it is
   * there.
   */
  static Path files(Path parent, int count) throws IOException {
    Path folder = parent.resolve("orders-files-" + count);
    if (!Files.exists(folder)) {
      Path unfinished = parent.resolve("orders-files-" + count + ".unfinished");
      Files.createDirectories(unfinished);
      var data = new OrderData(36, 4);
      for (int number = 1; number <= count; number++) {
        Files.writeString(
            unfinished.resolve("order-%06d.json".formatted(number)), data.order(number));
      }
      Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
    }
    return folder;
  }

  /** One order without its line feed. */
  static String one() {
    return new OrderData().order(1).strip();
  }

  private void write(OutputStream out, long least) throws IOException {
    long written = 0;
    for (int number = 1; written < least; number++) {
      byte[] bytes = order(number).getBytes(StandardCharsets.UTF_8);
      out.write(bytes);
      written += bytes.length;
    }
  }

  private String order(int number) {
    line.setLength(0);
    int kind = random.nextInt(100);
    int customer = random.nextInt(100_000);
    line.append("{\"id\":\"O-").append(10_000_000 + number);
    line.append("\",\"day\":\"2026-11-").append(10 + random.nextInt(19));
    line.append("\",\"customer\":{\"id\":").append(customer);
    boolean nameless = kind == 1 && random.nextBoolean();
    if (!nameless) {
      line.append(",\"name\":\"").append(one(NAMES)).append('"');
    }
    line.append(",\"email\":\"customer").append(customer).append("@example.com\"");
    line.append(",\"address\":\"").append(one(STREETS)).append(' ').append(random.nextInt(200));
    line.append("\"},\"currency\":\"EUR\",\"status\":\"shipped\",\"items\":[");
    int total = items();
    line.append("],\"total\":");
    boolean quoted = kind == 1 && !nameless;
    line.append(quoted ? "\"" : "");
    price(total);
    line.append(quoted ? "\"" : "").append(one(NOTES)).append('}');
    if (kind == 0) {
      damage();
    }
    return line.append('\n').toString();
  }

  private int items() {
    int total = 0;
    int items = leastItems + random.nextInt(moreItems + 1);
    for (int i = 0; i < items; i++) {
      int price = 99 + random.nextInt(20_000);
      int quantity = 1 + random.nextInt(9);
      line.append(i == 0 ? "" : ",").append("{\"sku\":\"").append(one(ARTICLES));
      line.append("\",\"quantity\":").append(quantity).append(",\"price\":");
      price(price);
      line.append('}');
      total += price * quantity;
    }
    return total;
  }

  private void price(int cents) {
    line.append(cents / 100).append('.').append(cents / 10 % 10).append(cents % 10);
  }

  private void damage() {
    switch (random.nextInt(3)) {
      case 0 -> line.setLength(line.length() / 2);
      case 1 -> line.deleteCharAt(line.indexOf(":"));
      default -> line.append('}');
    }
  }

  private String one(String[] of) {
    return of[random.nextInt(of.length)];
  }
}
