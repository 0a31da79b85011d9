package dev.nightjar.model;

import dev.nightjar.model.diagnostic.DiagnosticPrinter;
import dev.nightjar.model.diagnostic.Diagnostics;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Files with what reading them prints beside them. */
public final class Golden {

  private Golden() {}

  /** The YAML files of a folder of the test resources. */
  public static List<Path> files(String folder) throws IOException, URISyntaxException {
    var url = Objects.requireNonNull(Golden.class.getResource("/" + folder));
    try (Stream<Path> files = Files.list(Path.of(url.toURI()))) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
  }

  /** What is to be printed for a file. */
  public static String expected(Path file) throws IOException {
    return Files.readString(file.resolveSibling(name(file).replace(".yaml", ".txt")));
  }

  /** What is printed: each message and an empty line. */
  public static String printed(Diagnostics diagnostics) {
    var printer = new DiagnosticPrinter(false);
    var text = new StringBuilder();
    diagnostics.sorted().forEach(one -> text.append(printer.print(one)).append('\n'));
    return text.toString();
  }

  public static String name(Path file) {
    return Objects.requireNonNull(file.getFileName()).toString();
  }
}
