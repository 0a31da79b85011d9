package dev.nightjar.testkit;

import java.io.IOException;
import java.net.URI;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A path of the machine that remembers which disk it lies on. */
final class FaultyPath implements Path {

  private final FaultyFileSystem files;
  private final Path own;

  FaultyPath(FaultyFileSystem files, Path own) {
    this.files = files;
    this.own = own;
  }

  Path own() {
    return own;
  }

  private Path wrap(Path path) {
    return new FaultyPath(files, path);
  }

  private @Nullable Path wrapIfAny(@Nullable Path path) {
    return path == null ? null : wrap(path);
  }

  @Override
  public FaultyFileSystem getFileSystem() {
    return files;
  }

  @Override
  public boolean isAbsolute() {
    return own.isAbsolute();
  }

  @Override
  public @Nullable Path getRoot() {
    return wrapIfAny(own.getRoot());
  }

  @Override
  public @Nullable Path getFileName() {
    return wrapIfAny(own.getFileName());
  }

  @Override
  public @Nullable Path getParent() {
    return wrapIfAny(own.getParent());
  }

  @Override
  public int getNameCount() {
    return own.getNameCount();
  }

  @Override
  public Path getName(int index) {
    return wrap(own.getName(index));
  }

  @Override
  public Path subpath(int from, int to) {
    return wrap(own.subpath(from, to));
  }

  @Override
  public boolean startsWith(Path other) {
    return other instanceof FaultyPath faulty && own.startsWith(faulty.own);
  }

  @Override
  public boolean endsWith(Path other) {
    return other instanceof FaultyPath faulty && own.endsWith(faulty.own);
  }

  @Override
  public Path normalize() {
    return wrap(own.normalize());
  }

  @Override
  public Path resolve(Path other) {
    return wrap(own.resolve(FaultyProvider.own(other)));
  }

  @Override
  public Path relativize(Path other) {
    return wrap(own.relativize(FaultyProvider.own(other)));
  }

  @Override
  public URI toUri() {
    return own.toUri();
  }

  @Override
  public Path toAbsolutePath() {
    return wrap(own.toAbsolutePath());
  }

  @Override
  public Path toRealPath(LinkOption... options) throws IOException {
    return wrap(own.toRealPath(options));
  }

  @Override
  public WatchKey register(
      WatchService watcher, WatchEvent.Kind<?>[] events, WatchEvent.Modifier... modifiers) {
    throw new UnsupportedOperationException("nobody watches this disk");
  }

  @Override
  public int compareTo(Path other) {
    return own.compareTo(FaultyProvider.own(other));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof FaultyPath faulty
        && faulty.files.equals(files)
        && faulty.own.equals(own);
  }

  @Override
  public int hashCode() {
    return Objects.hash(files, own);
  }

  @Override
  public String toString() {
    return own.toString();
  }
}
