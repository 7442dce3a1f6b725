// SPDX-License-Identifier: Apache-2.0
package io.convoy.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;

/** Makes IDX files, sound ones and others. */
final class IdxBytes {
  private IdxBytes() {}

  /** A sound file: header and elements. */
  static byte[] idx(int[] dims, byte[] elements) {
    return join(header(0x08, dims), elements);
  }

  static byte[] header(int type, int... dims) {
    ByteBuffer header = ByteBuffer.allocate(4 + 4 * dims.length);
    header.put((byte) 0).put((byte) 0).put((byte) type).put((byte) dims.length);
    for (int dim : dims) {
      header.putInt(dim);
    }
    return header.array();
  }

  /** Elements 0, 1, 2, … */
  static byte[] counting(int count) {
    byte[] bytes = new byte[count];
    for (int i = 0; i < count; i++) {
      bytes[i] = (byte) i;
    }
    return bytes;
  }

  static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  static byte[] join(byte[] a, byte[] b) {
    byte[] both = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }

  static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(content);
    }
    return packed.toByteArray();
  }

  /** Writes a sound dataset: 4 training images of 2 x 3 pixels, 2 test images, 3 classes. */
  static void writeDataset(Path folder) throws IOException {
    Files.write(folder.resolve("train-images-idx3-ubyte"), idx(new int[] {4, 2, 3}, counting(24)));
    Files.write(folder.resolve("train-labels-idx1-ubyte"), idx(new int[] {4}, bytes(0, 2, 1, 0)));
    Files.write(folder.resolve("t10k-images-idx3-ubyte"), idx(new int[] {2, 2, 3}, counting(12)));
    Files.write(folder.resolve("t10k-labels-idx1-ubyte"), idx(new int[] {2}, bytes(2, 1)));
  }
}
