package dev.nightjar.plugin.file;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How large the targets were before anything was put in place, remembered until it is: a commit
 * that is done again puts the same records behind the same beginning.
 */
final class Before {

  /** The size of a file that is not there. */
  static final long ABSENT = -1;

  /** Of commits that need not know. */
  static final Before NOTHING = new Before(Map.of(), false);

  private final Map<String, Long> sizes;

  private final boolean remembered;

  private Before(Map<String, Long> sizes, boolean remembered) {
    this.sizes = sizes;
    this.remembered = remembered;
  }

  /** What an earlier commit saw, or what is there now. */
  static Before of(Path folder, Collection<Path> targets) throws IOException {
    Path file = folder.resolve("before-commit");
    if (Files.exists(file)) {
      return new Before(read(Files.readAllBytes(file)), true);
    }
    var sizes = new HashMap<String, Long>();
    for (Path target : targets) {
      sizes.put(target.toString(), Files.exists(target) ? Files.size(target) : ABSENT);
    }
    return new Before(sizes, false);
  }

  /** Whether an earlier call of the same commit saw this. */
  boolean remembered() {
    return remembered;
  }

  /** Bytes of the target, or {@link #ABSENT}. */
  long size(Path target) {
    @Nullable Long size = sizes.get(target.toString());
    return size == null ? ABSENT : size;
  }

  /** Puts it on disk; an earlier one is never replaced. */
  void remember(Path folder, String key) throws IOException {
    if (remembered) {
      return;
    }
    byte[] bytes = bytes();
    try (var file =
        Replacement.of(
            folder.resolve("before-commit"), key, out -> write(out, ByteBuffer.wrap(bytes)))) {
      file.publish();
      Replacement.settle(folder);
    }
  }

  private static void write(FileChannel out, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      out.write(bytes);
    }
  }

  private byte[] bytes() throws IOException {
    var bytes = new ByteArrayOutputStream();
    var data = new DataOutputStream(bytes);
    data.writeInt(sizes.size());
    for (var entry : sizes.entrySet()) {
      data.writeUTF(entry.getKey());
      data.writeLong(entry.getValue());
    }
    return bytes.toByteArray();
  }

  private static Map<String, Long> read(byte[] bytes) throws IOException {
    var data = new DataInputStream(new ByteArrayInputStream(bytes));
    var sizes = new HashMap<String, Long>();
    for (int n = data.readInt(); n > 0; n--) {
      sizes.put(data.readUTF(), data.readLong());
    }
    return sizes;
  }
}
