package dev.nightjar.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;

/** Bytes on their way to a file, for one thread: without the locks of ByteArrayOutputStream. */
final class Bytes extends OutputStream {

  private byte[] bytes;
  private int size;

  Bytes(int capacity) {
    bytes = new byte[capacity];
  }

  @Override
  public void write(int b) {
    if (size == bytes.length) {
      grow(1);
    }
    bytes[size++] = (byte) b;
  }

  @Override
  public void write(byte[] from, int start, int length) {
    if (length > bytes.length - size) {
      grow(length);
    }
    System.arraycopy(from, start, bytes, size, length);
    size += length;
  }

  @Override
  public void write(byte[] from) {
    write(from, 0, from.length);
  }

  private void grow(int more) {
    bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
  }

  byte[] array() {
    return bytes;
  }

  int size() {
    return size;
  }

  void clear() {
    size = 0;
  }

  void writeTo(FileChannel file) throws IOException {
    var buffer = ByteBuffer.wrap(bytes, 0, size);
    while (buffer.hasRemaining()) {
      file.write(buffer);
    }
  }
}
