package dev.nightjar.testkit;

import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchService;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.util.ArrayList;
import java.util.Set;

/** The machine's own, but for its paths. */
final class FaultyFileSystem extends FileSystem {

  private final FaultyProvider provider;
  private final FileSystem own;

  FaultyFileSystem(FaultyProvider provider, FileSystem own) {
    this.provider = provider;
    this.own = own;
  }

  @Override
  public FaultyProvider provider() {
    return provider;
  }

  @Override
  public void close() {
    throw new UnsupportedOperationException("the machine's file system stays open");
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public boolean isReadOnly() {
    return own.isReadOnly();
  }

  @Override
  public String getSeparator() {
    return own.getSeparator();
  }

  @Override
  public Iterable<Path> getRootDirectories() {
    var roots = new ArrayList<Path>();
    own.getRootDirectories().forEach(root -> roots.add(provider.wrap(root)));
    return roots;
  }

  @Override
  public Iterable<FileStore> getFileStores() {
    return own.getFileStores();
  }

  @Override
  public Set<String> supportedFileAttributeViews() {
    return own.supportedFileAttributeViews();
  }

  @Override
  public Path getPath(String first, String... more) {
    return provider.wrap(own.getPath(first, more));
  }

  @Override
  public PathMatcher getPathMatcher(String pattern) {
    PathMatcher matcher = own.getPathMatcher(pattern);
    return path -> matcher.matches(FaultyProvider.own(path));
  }

  @Override
  public UserPrincipalLookupService getUserPrincipalLookupService() {
    return own.getUserPrincipalLookupService();
  }

  @Override
  public WatchService newWatchService() {
    throw new UnsupportedOperationException("nobody watches this disk");
  }
}
