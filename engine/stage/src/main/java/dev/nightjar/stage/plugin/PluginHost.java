package dev.nightjar.stage.plugin;

import dev.nightjar.model.options.Catalog;
import dev.nightjar.model.options.PluginDeclaration;
import dev.nightjar.model.options.ProcessorDeclaration;
import dev.nightjar.spi.Processor;
import dev.nightjar.stage.FolderTree;
import dev.nightjar.stage.plugin.PluginJar.Dependency;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The plugins of one folder, or of jars that were chosen. Opening reads declarations alone; a
 * plugin's classes are loaded when a processor of it is first asked for, from a copy of its jar.
 * Safe for use by many threads.
 *
 * <p>A jar that cannot be used is noted among the {@link #problems} and left out: it harms the
 * workflows that need it and no others.
 */
public final class PluginHost implements Processors, AutoCloseable {

  private final PluginFolder folder;
  private final PluginIndex index;
  private final Path copies;
  private final FolderMaker ownFolder;

  /** PF4J is not made for more than one thread. */
  private final ReentrantLock lock = new ReentrantLock();

  private final Map<String, Processor<?>> processors = new HashMap<>();
  private @Nullable Path ownCopies;
  private @Nullable Pf4jPlugins loaded;
  private boolean closed;

  /** Makes a folder, with those around it. */
  private interface FolderMaker {
    Path make(Path folder) throws IOException;
  }

  private PluginHost(PluginFolder folder, PluginIndex index, Path copies, FolderMaker ownFolder) {
    this.folder = folder;
    this.index = index;
    this.copies = copies;
    this.ownFolder = ownFolder;
  }

  /**
   * Reads the declarations of every {@code *.jar} in a folder.
   *
   * @param copies where jars are copied before they are loaded, in a folder of this host's own;
   *     made when first needed. Shared by processes, each of which opens one host
   * @param indexes where it is kept what the jars declare, so that the next host reads only those
   *     that have changed; made when first needed. Null: all are read each time
   * @throws PluginException when the folder cannot be listed
   */
  public static PluginHost open(Path folder, Path copies, @Nullable Path indexes) {
    PluginIndex index = indexes == null ? PluginIndex.none() : PluginIndex.of(folder, indexes);
    return new PluginHost(
        PluginFolder.read(folder, index), index, copies, PluginHost::numberedFolder);
  }

  /**
   * Reads the declarations of these jars, as if they lay in one folder.
   *
   * @param jars in the order in which they are told of
   * @param copies for this host alone, and never for another one of this process: the JDK remembers
   *     jars by their paths; made when first needed, removed at the end
   */
  public static PluginHost open(List<JarCopy> jars, Path copies) {
    PluginIndex index = PluginIndex.none();
    return new PluginHost(PluginFolder.read(jars, index), index, copies, Files::createDirectories);
  }

  @Override
  public Catalog catalog() {
    return folder.catalog();
  }

  /** The jars that can be used, in the order of their names. */
  public List<Path> jars() {
    return folder.plugins().values().stream().map(PluginJar::path).toList();
  }

  /** What is wrong with the folder's jars, in the order of their names. */
  public List<Problem> problems() {
    return folder.problems();
  }

  /** The jar of a plugin; null when there is none of this id. */
  public @Nullable Path jar(String pluginId) {
    PluginJar jar = folder.plugins().get(pluginId);
    return jar == null ? null : jar.path();
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalStateException when the host is closed
   */
  @Override
  public Processor<?> processor(String name) {
    lock.lock();
    try {
      if (closed) {
        throw new IllegalStateException("the plugin host is closed");
      }
      Processor<?> known = processors.get(name);
      if (known == null) {
        known = load(name);
        processors.put(name, known);
      }
      return known;
    } finally {
      lock.unlock();
    }
  }

  private Processor<?> load(String name) {
    for (PluginDeclaration plugin : catalog().plugins()) {
      for (ProcessorDeclaration processor : plugin.processors()) {
        if (processor.name().equals(name)) {
          PluginJar jar = jarOf(plugin.id());
          Pf4jPlugins plugins = loaded();
          start(plugins, jar);
          return plugins.instantiate(jar, processor.className());
        }
      }
    }
    throw new PluginException("no plugin has the processor `" + name + "`", null);
  }

  @Override
  public List<PluginVersion> versions(String name) {
    for (PluginDeclaration plugin : catalog().plugins()) {
      if (plugin.processors().stream().anyMatch(one -> one.name().equals(name))) {
        var found = new LinkedHashMap<String, PluginVersion>();
        lock.lock();
        try {
          addVersions(jarOf(plugin.id()), found);
        } finally {
          lock.unlock();
        }
        return List.copyOf(found.values());
      }
    }
    throw new PluginException("no plugin has the processor `" + name + "`", null);
  }

  /**
   * A plugin as it is now; null when there is none of this id.
   *
   * @throws PluginException when its jar cannot be read
   */
  public @Nullable PluginVersion version(String pluginId) {
    lock.lock();
    try {
      PluginJar jar = folder.plugins().get(pluginId);
      return jar == null ? null : version(jar);
    } finally {
      lock.unlock();
    }
  }

  private PluginVersion version(PluginJar jar) {
    return new PluginVersion(jar.id(), jar.declaration().version(), index.digest(jar));
  }

  private void addVersions(PluginJar jar, Map<String, PluginVersion> found) {
    if (found.containsKey(jar.id())) {
      return;
    }
    found.put(jar.id(), version(jar));
    for (Dependency dependency : jar.dependencies()) {
      PluginJar needed = folder.plugins().get(dependency.id());
      if (needed != null) {
        addVersions(needed, found);
      }
    }
  }

  private PluginJar jarOf(String id) {
    PluginJar jar = folder.plugins().get(id);
    if (jar == null) {
      throw new IllegalStateException("no jar has the plugin " + id);
    }
    return jar;
  }

  /**
   * Starts a plugin after those it depends on; the folder has made sure that there is no circle.
   */
  private void start(Pf4jPlugins plugins, PluginJar jar) {
    if (plugins.isStarted(jar)) {
      return;
    }
    for (Dependency dependency : jar.dependencies()) {
      PluginJar needed = folder.plugins().get(dependency.id());
      if (needed != null) {
        start(plugins, needed);
      }
    }
    plugins.start(jar);
  }

  private Pf4jPlugins loaded() {
    if (loaded == null) {
      try {
        ownCopies = ownFolder.make(copies);
      } catch (IOException e) {
        throw new PluginException(
            "plugins cannot be copied to " + copies + ": " + e.getMessage(), e);
      }
      loaded = new Pf4jPlugins(ownCopies);
    }
    return loaded;
  }

  /**
   * A new folder in another one, for its owner alone. Its name is counted: for one by chance the
   * JDK looks at all of its providers of security, which takes as long as loading three plugins.
   */
  private static Path numberedFolder(Path parent) throws IOException {
    Files.createDirectories(parent);
    FileAttribute<?>[] ownerOnly = ownerOnly(parent);
    for (int number = 0; ; number++) {
      try {
        return Files.createDirectory(parent.resolve("plugins-" + number), ownerOnly);
      } catch (FileAlreadyExistsException ofAnotherProcess) {
        // It runs, or was killed.
      }
    }
  }

  private static FileAttribute<?>[] ownerOnly(Path parent) {
    if (!parent.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return new FileAttribute<?>[0];
    }
    return new FileAttribute<?>[] {
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
    };
  }

  /** Unloads what was loaded, removes the copies, keeps the index; again does nothing. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      index.save();
      processors.clear();
      if (loaded != null) {
        loaded.unload();
        loaded = null;
      }
      if (ownCopies != null) {
        FolderTree.remove(ownCopies);
        ownCopies = null;
      }
    } finally {
      lock.unlock();
    }
  }
}
