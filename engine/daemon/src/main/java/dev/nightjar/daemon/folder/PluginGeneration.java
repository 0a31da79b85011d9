package dev.nightjar.daemon.folder;

import dev.nightjar.model.options.Catalog;
import dev.nightjar.runtime.journal.Event.PluginUsed;
import dev.nightjar.stage.plugin.PluginException;
import dev.nightjar.stage.plugin.PluginHost;
import dev.nightjar.stage.plugin.PluginVersion;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The plugins as they were from one change of their folder to the next. Runs use it by leases; once
 * there is a newer one, its classes are unloaded as soon as the last of them is given back.
 */
public final class PluginGeneration {

  private final long number;
  private final SortedMap<Path, String> jars;
  private final PluginHost host;
  private final ReentrantLock lock = new ReentrantLock();
  private int uses;
  private boolean retired;

  /**
   * The plugins of these jars.
   *
   * @param jars with their digests
   */
  PluginGeneration(long number, SortedMap<Path, String> jars, PluginHost host) {
    this.number = number;
    this.jars = Collections.unmodifiableSortedMap(jars);
    this.host = host;
  }

  /** Larger than that of every one before, in this process. */
  public long number() {
    return number;
  }

  /** What the plugins declare. */
  public Catalog catalog() {
    return host.catalog();
  }

  /** The plugin as it is in this generation; null when there is none of this id. */
  public @Nullable PluginVersion version(String pluginId) {
    return host.version(pluginId);
  }

  /** Its jars, with their digests. */
  public SortedMap<Path, String> jars() {
    return jars;
  }

  PluginHost host() {
    return host;
  }

  /** Whether it has these plugins, to the byte. */
  boolean has(List<PluginUsed> plugins) {
    try {
      return plugins.stream()
          .allMatch(plugin -> {
            PluginVersion here = host.version(plugin.id());
            return here != null && here.sha256().equals(plugin.sha256());
          });
    } catch (PluginException unreadable) {
      return false;
    }
  }

  /** A lease; null when it is over. */
  @Nullable Use use() {
    lock.lock();
    try {
      if (over()) {
        return null;
      }
      uses++;
      return new Use(this);
    } finally {
      lock.unlock();
    }
  }

  /** There is a newer one: it ends with its last use. */
  void retire() {
    lock.lock();
    try {
      retired = true;
      closeWhenOver();
    } finally {
      lock.unlock();
    }
  }

  private void release() {
    lock.lock();
    try {
      uses--;
      closeWhenOver();
    } finally {
      lock.unlock();
    }
  }

  private void closeWhenOver() {
    if (over()) {
      host.close();
    }
  }

  /** Whether nobody uses it, or will again. */
  boolean isOver() {
    lock.lock();
    try {
      return over();
    } finally {
      lock.unlock();
    }
  }

  private boolean over() {
    return retired && uses == 0;
  }

  /** The plugins for one run, until it is closed. */
  public static final class Use implements AutoCloseable {

    private final PluginGeneration generation;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Use(PluginGeneration generation) {
      this.generation = generation;
    }

    public PluginGeneration generation() {
      return generation;
    }

    /** Where the run takes its processors from. */
    public PluginHost host() {
      return generation.host;
    }

    /** Gives the lease back; again does nothing. */
    @Override
    public void close() {
      if (closed.compareAndSet(false, true)) {
        generation.release();
      }
    }
  }
}
