package dev.nightjar.stage.plugin;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Makes plugin jars from sources, as bad as a test needs them. */
public final class TestJar {

  private final Map<String, String> manifest = new LinkedHashMap<>();
  private final Map<String, byte[]> entries = new TreeMap<>();
  private final List<JavaFileObject> sources = new ArrayList<>();

  private TestJar() {}

  /** A jar without anything. */
  public static TestJar empty() {
    return new TestJar();
  }

  /** A jar of a plugin that declares processors, name to class. */
  public static TestJar plugin(String id, Map<String, String> processors) {
    return empty()
        .manifest("Plugin-Id", id)
        .manifest("Plugin-Version", "1.2.3")
        .entry("META-INF/nightjar/processors.json", declarations(processors));
  }

  /** A plugin of one task, {@code hello.greet}, whose body is Java statements. */
  public static TestJar task(String id, String processor, String className, String body) {
    return plugin(id, Map.of(processor, className)).source(className, taskSource(className, body));
  }

  public static String taskSource(String className, String body) {
    int dot = className.lastIndexOf('.');
    return """
    package %s;
    public final class %s implements dev.nightjar.spi.Task<%s.Options> {
      public record Options() {}
      %s
      @Override public void run(Options options, dev.nightjar.spi.StepContext context) {}
    }
    """
        .formatted(
            className.substring(0, dot),
            className.substring(dot + 1),
            className.substring(dot + 1),
            body);
  }

  private static String declarations(Map<String, String> processors) {
    var all = new ArrayList<String>();
    processors.forEach((name, type) ->
        all.add(
            """
            {"name": "%s", "summary": "Does it.", "shape": "task", "accepts": [],
             "emits": "none", "effect": "pure", "scope": "split", "blocks": [],
             "outputs": [], "options": [], "class": "%s"}
            """
                .formatted(name, type)));
    return "{\"format\": 1, \"processors\": [" + String.join(", ", all) + "]}";
  }

  public TestJar manifest(String name, String value) {
    manifest.put(name, value);
    return this;
  }

  public TestJar without(String name) {
    manifest.remove(name);
    entries.remove(name);
    return this;
  }

  public TestJar entry(String name, String content) {
    entries.put(name, content.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  /** All that was compiled into a folder, or packed into a jar, but for its manifest. */
  public TestJar compiled(Path classes) throws IOException {
    if (Files.isDirectory(classes)) {
      return below(classes);
    }
    try (FileSystem jar = FileSystems.newFileSystem(classes)) {
      return below(jar.getPath("/"));
    }
  }

  private TestJar below(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        entries.put(root.relativize(file).toString(), Files.readAllBytes(file));
      }
    }
    entries.remove("META-INF/MANIFEST.MF");
    return this;
  }

  public TestJar source(String className, String text) {
    sources.add(
        new SimpleJavaFileObject(
            URI.create("string:///" + className.replace('.', '/') + ".java"),
            JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
          }
        });
    return this;
  }

  public Path write(Path file) throws IOException {
    compile();
    try (var out = new ZipOutputStream(Files.newOutputStream(file))) {
      if (!manifest.isEmpty()) {
        var text = new StringBuilder("Manifest-Version: 1.0\r\n");
        manifest.forEach(
            (name, value) -> text.append(name).append(": ").append(value).append("\r\n"));
        put(
            out,
            "META-INF/MANIFEST.MF",
            text.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
      }
      for (var entry : entries.entrySet()) {
        put(out, entry.getKey(), entry.getValue());
      }
    }
    return file;
  }

  private static void put(ZipOutputStream out, String name, byte[] bytes) throws IOException {
    out.putNextEntry(new ZipEntry(name));
    out.write(bytes);
    out.closeEntry();
  }

  private void compile() throws IOException {
    if (sources.isEmpty()) {
      return;
    }
    var compiler = ToolProvider.getSystemJavaCompiler();
    var errors = new StringWriter();
    try (var files = new Memory(compiler.getStandardFileManager(null, null, null))) {
      List<String> options = List.of("-proc:none", "--release", "21");
      if (!compiler.getTask(errors, files, null, options, null, sources).call()) {
        throw new IllegalArgumentException(errors.toString());
      }
    }
    sources.clear();
  }

  private final class Memory extends ForwardingJavaFileManager<StandardJavaFileManager> {

    Memory(StandardJavaFileManager standard) {
      super(standard);
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        JavaFileManager.Location location,
        String className,
        JavaFileObject.Kind kind,
        FileObject sibling) {
      String name = className.replace('.', '/') + ".class";
      return new SimpleJavaFileObject(URI.create("mem:///" + name), kind) {
        @Override
        public OutputStream openOutputStream() {
          return new ByteArrayOutputStream() {
            @Override
            public void close() {
              entries.put(name, toByteArray());
            }
          };
        }
      };
    }
  }
}
