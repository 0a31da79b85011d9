import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Checks ({@code check ROOT}) or mends ({@code write ROOT}) the layout of every Java source. */
final class Format {

  private Format() {}

  public static void main(String[] arguments) throws Exception {
    boolean write = arguments[0].equals("write");
    Path root = Path.of(arguments[1]);
    List<Path> sources;
    try (var files = Files.walk(root)) {
      sources =
          files
              .filter(file -> file.toString().endsWith(".java"))
              .filter(file -> !root.relativize(file).toString().matches("(.*/)?target/.*"))
              .sorted()
              .toList();
    }
    var formatter = new Formatter();
    var wrong = new ArrayList<Path>();
    for (Path file : sources) {
      String before = Files.readString(file);
      String after = ImportOrderer.reorderImports(before, JavaFormatterOptions.Style.GOOGLE);
      after = formatter.formatSource(RemoveUnusedImports.removeUnusedImports(after));
      if (!before.equals(after)) {
        wrong.add(root.relativize(file));
        if (write) {
          Files.writeString(file, after);
        }
      }
    }
    if (!wrong.isEmpty() && !write) {
      System.err.println("Not in google-java-format, mend with `.mvn/format`:");
      wrong.forEach(file -> System.err.println("  " + file));
      System.exit(1);
    }
  }
}
