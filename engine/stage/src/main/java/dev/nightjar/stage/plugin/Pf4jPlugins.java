package dev.nightjar.stage.plugin;

import dev.nightjar.spi.Processor;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pf4j.ClassLoadingStrategy;
import org.pf4j.CompoundPluginRepository;
import org.pf4j.JarPluginLoader;
import org.pf4j.JarPluginManager;
import org.pf4j.PluginClassLoader;
import org.pf4j.PluginDescriptor;
import org.pf4j.PluginLoader;
import org.pf4j.PluginRepository;
import org.pf4j.PluginState;

/**
 * Loads jars with PF4J, one by one, so that one of them cannot stop the others. For one thread at a
 * time. Nothing refers to this class before the first processor is needed: with it come PF4J and
 * the logging that PF4J starts.
 */
final class Pf4jPlugins {

  private final Path copies;
  private final Jars jars;
  private final Map<String, ClassLoader> started = new HashMap<>();

  /** Messages by plugin id: what failed once is not tried again. */
  private final Map<String, String> refused = new HashMap<>();

  /** Loads from copies in this folder, which is its own. */
  Pf4jPlugins(Path copies) {
    this.copies = copies;
    this.jars = new Jars(copies);
  }

  boolean isStarted(PluginJar jar) {
    return started.containsKey(jar.id());
  }

  /**
   * Copies, loads and starts a plugin whose dependencies are started already.
   *
   * @throws PluginException naming the jar
   */
  void start(PluginJar jar) {
    String before = refused.get(jar.id());
    if (before != null) {
      throw new PluginException(before, null);
    }
    try {
      jars.loadPlugin(copy(jar));
      PluginState state = jars.startPlugin(jar.id());
      if (!state.isStarted()) {
        Throwable failure = jars.getPlugin(jar.id()).getFailedException();
        throw failed(jar, "its Plugin-Class does not start", failure);
      }
      started.put(jar.id(), jars.getPluginClassLoader(jar.id()));
    } catch (IOException e) {
      throw refuse(jar, failed(jar, "it cannot be copied to " + copies, e));
    } catch (PluginException e) {
      throw refuse(jar, e);
    } catch (RuntimeException | LinkageError e) {
      throw refuse(jar, failed(jar, "it cannot be loaded", e));
    }
  }

  /** Forgets the plugin: PF4J would check it again, and fail again, with every later one. */
  private PluginException refuse(PluginJar jar, PluginException why) {
    jars.forget(jar.id());
    refused.put(jar.id(), String.valueOf(why.getMessage()));
    return why;
  }

  private Path copy(PluginJar jar) throws IOException {
    Path copy = copies.resolve(jar.id() + ".jar");
    Files.copy(jar.content(), copy);
    if (!jar.stamp().fits(jar.content())) {
      throw new PluginException(
          jar.path() + ": was replaced after its declarations were read; start again", null);
    }
    return copy;
  }

  /**
   * An instance of a class of a plugin that is started.
   *
   * @throws PluginException naming the jar
   */
  Processor<?> instantiate(PluginJar jar, String className) {
    try {
      Class<?> type = Class.forName(className, true, started.get(jar.id()));
      if (type.getConstructor().newInstance() instanceof Processor<?> processor) {
        return processor;
      }
      throw failed(jar, "its class " + className + " is no processor", null);
    } catch (InvocationTargetException e) {
      throw failed(jar, "the constructor of " + className + " throws", e.getCause());
    } catch (NoSuchMethodException | InstantiationException | IllegalAccessException e) {
      throw failed(jar, className + " needs to be public, with a constructor without arguments", e);
    } catch (ClassNotFoundException e) {
      throw failed(jar, "it declares the class " + className + " and does not hold it", e);
    } catch (LinkageError | StackOverflowError | OutOfMemoryError e) {
      throw failed(jar, "its class " + className + " cannot be linked", e);
    }
  }

  private static PluginException failed(PluginJar jar, String what, @Nullable Throwable cause) {
    return new PluginException(jar.path() + ": " + what + because(cause), cause);
  }

  private static String because(@Nullable Throwable cause) {
    if (cause == null) {
      return "";
    }
    if (cause instanceof UnsupportedClassVersionError) {
      return ": it was compiled for a newer Java than " + Runtime.version().feature();
    }
    if (cause instanceof NoClassDefFoundError) {
      return ": it uses the class "
          + String.valueOf(cause.getMessage()).replace('/', '.')
          + ", which is neither in the jar nor shared by the engine";
    }
    Throwable first =
        cause instanceof ExceptionInInitializerError && cause.getCause() != null
            ? cause.getCause()
            : cause;
    return ": " + first;
  }

  /** Unloads all: {@code stopPlugins} fails over its own list (pf4j#656). */
  void unload() {
    jars.unloadPlugins();
    started.clear();
  }

  /** Gives each plugin its own libraries first, and of the engine what is shared and no more. */
  private static final class Jars extends JarPluginManager {

    Jars(Path folder) {
      super(folder);
    }

    /** Unlike {@code unloadPlugin(id)} it works before the first plugin was resolved. */
    void forget(String id) {
      if (getPlugin(id) != null) {
        unloadPlugin(id, false, true);
      }
    }

    /** None: each jar is named when it is loaded. PF4J's own look through folders. */
    @Override
    protected PluginRepository createPluginRepository() {
      return new CompoundPluginRepository();
    }

    @Override
    protected PluginLoader createPluginLoader() {
      var shared = new SharedPackages(Processor.class.getClassLoader());
      return new JarPluginLoader(this) {
        @Override
        protected PluginClassLoader createPluginClassLoader(
            Path path, PluginDescriptor descriptor) {
          return new Loader(pluginManager, descriptor, shared);
        }
      };
    }
  }

  private static final class Loader extends PluginClassLoader {

    Loader(org.pf4j.PluginManager manager, PluginDescriptor descriptor, ClassLoader shared) {
      super(manager, descriptor, shared, ClassLoadingStrategy.PDA);
    }

    @Override
    protected boolean shouldDelegateToParent(String className) {
      return SharedPackages.contains(className);
    }
  }
}
