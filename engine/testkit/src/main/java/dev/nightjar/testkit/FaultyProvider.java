package dev.nightjar.testkit;

import dev.nightjar.testkit.FaultyDisk.Kind;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.spi.FileSystemProvider;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Hands everything to the machine's own file system, once the disk has had a look at it. */
final class FaultyProvider extends FileSystemProvider {

  private static final Set<OpenOption> WRITING =
      Set.of(StandardOpenOption.WRITE, StandardOpenOption.APPEND);

  private final FaultyDisk disk;
  private final FileSystemProvider own;
  private final FaultyFileSystem files;

  FaultyProvider(FaultyDisk disk, FileSystem own) {
    this.disk = disk;
    this.own = own.provider();
    this.files = new FaultyFileSystem(this, own);
  }

  FaultyPath wrap(Path path) {
    return new FaultyPath(files, path);
  }

  /** The machine's path; of one that is another file system's this is an error. */
  static Path own(Path path) {
    if (path instanceof FaultyPath faulty) {
      return faulty.own();
    }
    throw new ProviderMismatchException(path + " lies in another file system");
  }

  @Override
  public String getScheme() {
    return "faulty";
  }

  @Override
  public FileSystem newFileSystem(URI uri, Map<String, ?> env) {
    throw new UnsupportedOperationException("made by FaultyDisk");
  }

  @Override
  public FileSystem getFileSystem(URI uri) {
    throw new UnsupportedOperationException("made by FaultyDisk");
  }

  @Override
  public Path getPath(URI uri) {
    throw new UnsupportedOperationException("made by FaultyDisk");
  }

  @Override
  public SeekableByteChannel newByteChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    return newFileChannel(path, options, attributes);
  }

  @Override
  public FileChannel newFileChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    boolean writes = options.stream().anyMatch(WRITING::contains);
    disk.enter(writes ? Kind.OPEN : Kind.READ, own(path));
    return new FaultyChannel(disk, own(path), own.newFileChannel(own(path), options, attributes));
  }

  @Override
  public DirectoryStream<Path> newDirectoryStream(
      Path path, DirectoryStream.Filter<? super Path> filter) throws IOException {
    disk.enter(Kind.READ, own(path));
    var stream = own.newDirectoryStream(own(path), child -> filter.accept(wrap(child)));
    return new DirectoryStream<>() {
      @Override
      public Iterator<Path> iterator() {
        Iterator<Path> children = stream.iterator();
        return new Iterator<>() {
          @Override
          public boolean hasNext() {
            return children.hasNext();
          }

          @Override
          public Path next() {
            return wrap(children.next());
          }
        };
      }

      @Override
      public void close() throws IOException {
        stream.close();
      }
    };
  }

  @Override
  public void createDirectory(Path path, FileAttribute<?>... attributes) throws IOException {
    disk.enter(Kind.FOLDER, own(path));
    own.createDirectory(own(path), attributes);
  }

  @Override
  public void createLink(Path link, Path existing) throws IOException {
    disk.enter(Kind.LINK, own(link));
    own.createLink(own(link), own(existing));
  }

  @Override
  public void createSymbolicLink(Path link, Path target, FileAttribute<?>... attributes)
      throws IOException {
    disk.enter(Kind.LINK, own(link));
    own.createSymbolicLink(own(link), own(target), attributes);
  }

  @Override
  public Path readSymbolicLink(Path link) throws IOException {
    return wrap(own.readSymbolicLink(own(link)));
  }

  @Override
  public void delete(Path path) throws IOException {
    disk.enter(Kind.DELETE, own(path));
    own.delete(own(path));
  }

  /** Deleting what is not there is no work for a disk. */
  @Override
  public boolean deleteIfExists(Path path) throws IOException {
    if (!own.exists(own(path), LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    delete(path);
    return true;
  }

  @Override
  public void copy(Path source, Path target, CopyOption... options) throws IOException {
    disk.enter(Kind.OPEN, own(target));
    own.copy(own(source), own(target), options);
  }

  @Override
  public void move(Path source, Path target, CopyOption... options) throws IOException {
    disk.enter(Kind.MOVE, own(target));
    own.move(own(source), own(target), options);
  }

  @Override
  public boolean isSameFile(Path path, Path other) throws IOException {
    return own.isSameFile(own(path), own(other));
  }

  @Override
  public boolean isHidden(Path path) throws IOException {
    return own.isHidden(own(path));
  }

  @Override
  public FileStore getFileStore(Path path) throws IOException {
    return own.getFileStore(own(path));
  }

  @Override
  public void checkAccess(Path path, AccessMode... modes) throws IOException {
    own.checkAccess(own(path), modes);
  }

  @Override
  @SuppressWarnings("unchecked")
  public <V extends FileAttributeView> @Nullable V getFileAttributeView(
      Path path, Class<V> type, LinkOption... options) {
    V view = own.getFileAttributeView(own(path), type, options);
    return view instanceof PosixFileAttributeView posix
        ? (V) new FaultyMode(disk, own(path), posix)
        : view;
  }

  @Override
  public <A extends BasicFileAttributes> A readAttributes(
      Path path, Class<A> type, LinkOption... options) throws IOException {
    return own.readAttributes(own(path), type, options);
  }

  @Override
  public Map<String, Object> readAttributes(Path path, String names, LinkOption... options)
      throws IOException {
    return own.readAttributes(own(path), names, options);
  }

  @Override
  public void setAttribute(Path path, String name, Object value, LinkOption... options)
      throws IOException {
    disk.enter(Kind.MODE, own(path));
    own.setAttribute(own(path), name, value, options);
  }
}
