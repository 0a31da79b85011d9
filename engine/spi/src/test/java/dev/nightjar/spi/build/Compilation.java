package dev.nightjar.spi.build;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.annotation.processing.Processor;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Compiles sources held in memory, as the build of a plugin does. */
record Compilation(Path classes, List<String> errors) {

  /** Of the sources' one processor, {@code a.P}. */
  static Compilation of(Path classes, Stream<Processor> processors, String... sources) {
    var compiler = ToolProvider.getSystemJavaCompiler();
    var found = new DiagnosticCollector<JavaFileObject>();
    List<Source> units = Stream.of(sources).map(Source::new).toList();
    var options = List.of("-d", classes.toString(), "-proc:full", "-implicit:none");
    var task = compiler.getTask(null, null, found, options, null, units);
    task.setProcessors(processors.toList());
    task.call();
    List<String> errors =
        found.getDiagnostics().stream()
            .filter(one -> one.getKind() == Diagnostic.Kind.ERROR)
            .map(one -> one.getLineNumber() + ": " + one.getMessage(Locale.ROOT))
            .toList();
    return new Compilation(classes, errors);
  }

  String file(String name) {
    try {
      return Files.readString(classes.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String text) {
      super(URI.create("memory:///a/" + className(text) + ".java"), Kind.SOURCE);
      this.text = text;
    }

    private static String className(String text) {
      var matcher = Pattern.compile("(?:class|record|interface|enum) (\\w+)").matcher(text);
      return matcher.find() ? matcher.group(1) : "None";
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
