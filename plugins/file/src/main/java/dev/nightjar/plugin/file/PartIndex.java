package dev.nightjar.plugin.file;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Which target each numbered file of a part belongs to; names need not be fit for file names. */
final class PartIndex {

  private static final String NAME = "index";

  private PartIndex() {}

  /**
   * One file of the part.
   *
   * @param path the target, as the workflow names it
   * @param source the file read that it stands for, or empty
   */
  record Entry(String path, String source) {}

  static Path file(Path folder, int number) {
    return folder.resolve(Integer.toString(number));
  }

  static void write(Path folder, List<Entry> entries) throws IOException {
    var bytes = new ByteArrayOutputStream();
    var data = new DataOutputStream(bytes);
    data.writeInt(entries.size());
    for (Entry entry : entries) {
      data.writeUTF(entry.path());
      data.writeUTF(entry.source());
    }
    try (var file = new PartFile(folder.resolve(NAME), bytes.size())) {
      bytes.writeTo(file);
      file.finish();
    }
  }

  /** The entries in the order of the files' numbers. */
  static List<Entry> read(Path folder) throws IOException {
    var data =
        new DataInputStream(new ByteArrayInputStream(Files.readAllBytes(folder.resolve(NAME))));
    int n = data.readInt();
    var entries = new ArrayList<Entry>(n);
    for (int i = 0; i < n; i++) {
      entries.add(new Entry(data.readUTF(), data.readUTF()));
    }
    return entries;
  }
}
