package dev.nightjar.testkit;

import dev.nightjar.testkit.FaultyDisk.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Permissions, owner and times of a file on a disk that may fail. */
final class FaultyMode implements PosixFileAttributeView {

  private final FaultyDisk disk;
  private final Path path;
  private final PosixFileAttributeView own;

  FaultyMode(FaultyDisk disk, Path path, PosixFileAttributeView own) {
    this.disk = disk;
    this.path = path;
    this.own = own;
  }

  @Override
  public String name() {
    return own.name();
  }

  @Override
  public UserPrincipal getOwner() throws IOException {
    return own.getOwner();
  }

  @Override
  public PosixFileAttributes readAttributes() throws IOException {
    return own.readAttributes();
  }

  @Override
  public void setPermissions(Set<PosixFilePermission> permissions) throws IOException {
    disk.enter(Kind.MODE, path);
    own.setPermissions(permissions);
  }

  @Override
  public void setOwner(UserPrincipal owner) throws IOException {
    disk.enter(Kind.MODE, path);
    own.setOwner(owner);
  }

  @Override
  public void setGroup(GroupPrincipal group) throws IOException {
    disk.enter(Kind.MODE, path);
    own.setGroup(group);
  }

  @Override
  public void setTimes(
      @Nullable FileTime modified, @Nullable FileTime accessed, @Nullable FileTime created)
      throws IOException {
    disk.enter(Kind.MODE, path);
    own.setTimes(modified, accessed, created);
  }
}
