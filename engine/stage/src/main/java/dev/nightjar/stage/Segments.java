package dev.nightjar.stage;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * The ranges of a task's spool, where it holds records of several splits that can be told apart.
 * They are written beside the spool, in a file of a line each: length and SHA-256.
 */
public final class Segments {

  private static final String FILE = "segments";

  private Segments() {}

  /** Bytes that were copied behind others: how many, and their SHA-256. */
  public record Segment(long offset, long length, String digest) {}

  /**
   * Copies a stream to the end of a file, which is made when it is not there; nothing is, when the
   * stream is empty.
   */
  public static Segment append(InputStream from, Path file) throws IOException {
    long offset = Files.exists(file) ? Files.size(file) : 0;
    var in = new DigestInputStream(from, sha256());
    byte[] first = in.readNBytes(1);
    if (first.length == 0) {
      return new Segment(offset, 0, digest(in));
    }
    try (OutputStream out =
        Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      out.write(first);
      long length = 1 + in.transferTo(out);
      return new Segment(offset, length, digest(in));
    }
  }

  /** The whole of a file; nothing when it is missing. */
  public static Segment of(Path file) throws IOException {
    if (!Files.exists(file)) {
      return of(InputStream.nullInputStream());
    }
    try (InputStream in = Files.newInputStream(file)) {
      return of(in);
    }
  }

  /** All of a stream. */
  public static Segment of(InputStream from) throws IOException {
    var in = new DigestInputStream(from, sha256());
    long length = in.transferTo(OutputStream.nullOutputStream());
    return new Segment(0, length, digest(in));
  }

  /** Puts the files of a folder on disk. */
  public static void flush(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> found = Files.list(folder)) {
      files = found.filter(Files::isRegularFile).toList();
    }
    for (Path file : files) {
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
    }
  }

  /** Notes beside a spool what it consists of. */
  public static void write(Path folder, List<Segment> segments) throws IOException {
    Files.createDirectories(folder);
    Files.write(
        folder.resolve(FILE),
        segments.stream().map(one -> one.length() + " " + one.digest()).toList());
  }

  /**
   * The parts of a task's spool, in order; those without records are left out.
   *
   * @param folder of the task
   * @param lineBase the lines of the source before the task's split
   */
  public static List<Spool.Part> parts(Path folder, long lineBase) {
    Path spool = StageTask.spoolPart(folder);
    Path list = folder.resolve(FILE);
    if (!Files.exists(list)) {
      return List.of(new Spool.Part(spool, lineBase));
    }
    var parts = new ArrayList<Spool.Part>();
    long offset = 0;
    for (String line : lines(list)) {
      int space = line.indexOf(' ');
      long length = Long.parseLong(line, 0, space, 10);
      if (length > 0) {
        parts.add(new Spool.Part(spool, offset, length, lineBase, line.substring(space + 1)));
      }
      offset += length;
    }
    return parts;
  }

  private static List<String> lines(Path list) {
    try {
      return Files.readAllLines(list);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String digest(DigestInputStream in) {
    return HexFormat.of().formatHex(in.getMessageDigest().digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
