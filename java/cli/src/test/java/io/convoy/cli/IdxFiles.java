// SPDX-License-Identifier: Apache-2.0
package io.convoy.cli;

import io.convoy.random.Philox;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes folders with IDX files. */
final class IdxFiles {
  static final int CLASSES = 4;

  private IdxFiles() {}

  /**
   * Writes noisy square images whose class is the bright quarter, a fifth as many for the test.
   *
   * @param folder made if it isn't there
   * @return the folder
   */
  static Path write(Path folder, int train, int side) throws IOException {
    Files.createDirectories(folder);
    write(folder, "train", train, side);
    write(folder, "t10k", train / 5, side);
    return folder;
  }

  /** Writes one set of dark images with a bright stripe, whose place is the class. */
  static void writeStripes(Path images, Path labels, int count, int height, int width, int classes)
      throws IOException {
    ByteBuffer pixels = ByteBuffer.allocate(16 + count * height * width);
    pixels.putInt(0x0803).putInt(count).putInt(height).putInt(width);
    ByteBuffer indices = ByteBuffer.allocate(8 + count).putInt(0x0801).putInt(count);
    for (int n = 0; n < count; n++) {
      indices.put((byte) (n % classes));
      for (int i = 0; i < height * width; i++) {
        int stripe = i / width * classes / height;
        pixels.put((byte) (stripe == n % classes ? 200 + n % 50 : n % 30));
      }
    }
    Files.write(images, pixels.array());
    Files.write(labels, indices.array());
  }

  private static void write(Path folder, String set, int count, int side) throws IOException {
    byte[] pixels = new byte[count * side * side];
    byte[] labels = new byte[count];
    Philox noise = new Philox(count, 0, 0);
    for (int n = 0; n < count; n++) {
      labels[n] = (byte) (n % CLASSES);
      for (int i = 0; i < side * side; i++) {
        int quarter = (i / side * 2 / side) * 2 + i % side * 2 / side;
        int at = n * side * side + i;
        noise.block(at);
        pixels[at] = (byte) (noise.uniform(0) * 150 + (quarter == labels[n] ? 100 : 0));
      }
    }
    writeImages(folder, set, count, side, pixels);
    writeLabels(folder, set, labels);
  }

  static void writeImages(Path folder, String set, int count, int side, byte[] pixels)
      throws IOException {
    ByteBuffer file = ByteBuffer.allocate(16 + pixels.length);
    file.putInt(0x0803).putInt(count).putInt(side).putInt(side).put(pixels);
    Files.write(folder.resolve(set + "-images-idx3-ubyte"), file.array());
  }

  static void writeLabels(Path folder, String set, byte[] labels) throws IOException {
    ByteBuffer file = ByteBuffer.allocate(8 + labels.length);
    file.putInt(0x0801).putInt(labels.length).put(labels);
    Files.write(folder.resolve(set + "-labels-idx1-ubyte"), file.array());
  }
}
