package dev.nightjar.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Runs commands as a shell does, with a folder of one plugin that declares and does nothing. */
final class Shell {

  private static final String DECLARATIONS =
      """
      {"format": 1, "processors": [
        {"name": "hello.read", "summary": "Reads lines.", "shape": "stream", "accepts": [],
         "emits": "text", "effect": "pure", "scope": "split", "blocks": [],
         "outputs": [{"name": "files", "type": "integer", "summary": "How many files."}],
         "options": [
           {"name": "path", "type": "string", "doc": "Where they lie.", "required": true},
           {"name": "limit", "type": "integer", "doc": "At most so many.", "default": "10"}],
         "class": "hello.Read"},
        {"name": "hello.write", "summary": "Writes lines.", "shape": "stream",
         "accepts": ["text"], "emits": "none", "effect": "idempotent", "scope": "split",
         "blocks": [], "outputs": [], "options": [], "class": "hello.Write"}]}
      """;

  final Map<String, String> environment = new HashMap<>();
  private final Path plugins;
  private String out = "";
  private String err = "";

  Shell(Path folder) throws IOException {
    plugins = Files.createDirectories(folder.resolve("plugins"));
    try (var jar = new ZipOutputStream(Files.newOutputStream(plugins.resolve("hello.jar")))) {
      put(
          jar,
          "META-INF/MANIFEST.MF",
          "Manifest-Version: 1.0\nPlugin-Id: hello\nPlugin-Version: 1.2.3\n\n");
      put(jar, "META-INF/nightjar/processors.json", DECLARATIONS);
    }
    environment.put("NIGHTJAR_PLUGINS", plugins.toString());
  }

  private static void put(ZipOutputStream jar, String name, String content) throws IOException {
    jar.putNextEntry(new ZipEntry(name));
    jar.write(content.getBytes(StandardCharsets.UTF_8));
    jar.closeEntry();
  }

  Path plugins() {
    return plugins;
  }

  int run(Object... arguments) {
    var words = new String[arguments.length];
    for (int i = 0; i < words.length; i++) {
      words[i] = arguments[i].toString();
    }
    var results = new ByteArrayOutputStream();
    var messages = new ByteArrayOutputStream();
    int code =
        Main.execute(
            words,
            new ByteArrayInputStream(new byte[0]),
            new PrintStream(results, false, StandardCharsets.UTF_8),
            new PrintStream(messages, false, StandardCharsets.UTF_8),
            environment);
    out = results.toString(StandardCharsets.UTF_8);
    err = messages.toString(StandardCharsets.UTF_8);
    return code;
  }

  String out() {
    return out;
  }

  String err() {
    return err;
  }
}
