package dev.nightjar.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * What a daemon is given to serve.
 *
 * @param root emptied before
 */
record ServedFolder(Path root) {

  /** The smallest of the plugins, whose copies fill the folder up. */
  private static final String COPIED = "memory";

  static ServedFolder empty(Path root) throws IOException {
    if (Files.exists(root)) {
      try (Stream<Path> files = Files.walk(root)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
    var folder = new ServedFolder(root);
    Files.createDirectories(folder.workflows());
    Files.createDirectories(folder.plugins());
    return folder;
  }

  Path workflows() {
    return root.resolve("workflows");
  }

  Path plugins() {
    return root.resolve("plugins");
  }

  void workflow(String name, String text) throws IOException {
    Files.writeString(workflows().resolve(name + ".yaml"), text);
  }

  /** The plugins of a distribution, and copies of one under other names until there are so many. */
  void plugins(Path distribution, int count) throws IOException {
    Path from = distribution.resolve("plugins");
    List<Path> jars;
    try (Stream<Path> files = Files.list(from)) {
      jars = files.toList();
    }
    for (Path jar : jars) {
      Files.copy(jar, plugins().resolve(jar.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
    }
    for (int i = jars.size(); i < count; i++) {
      copy(from.resolve(COPIED + ".jar"), COPIED + i);
    }
  }

  private void copy(Path jar, String id) throws IOException {
    try (var from = new JarFile(jar.toFile());
        var to = new JarOutputStream(Files.newOutputStream(plugins().resolve(id + ".jar")))) {
      for (JarEntry entry : from.stream().toList()) {
        to.putNextEntry(new JarEntry(entry.getName()));
        try (InputStream in = from.getInputStream(entry)) {
          to.write(renamed(entry.getName(), in.readAllBytes(), id));
        }
      }
    }
  }

  /** Its plugin's id is in the manifest, and before the names of its processors. */
  private static byte[] renamed(String name, byte[] content, String id) {
    String text = new String(content, StandardCharsets.UTF_8);
    return switch (name) {
      case JarFile.MANIFEST_NAME ->
          text.replace("Plugin-Id: " + COPIED, "Plugin-Id: " + id).getBytes(StandardCharsets.UTF_8);
      case "META-INF/nightjar/processors.json" ->
          text.replace("\"" + COPIED + ".", "\"" + id + ".").getBytes(StandardCharsets.UTF_8);
      default -> content;
    };
  }
}
