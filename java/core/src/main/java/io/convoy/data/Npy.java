// SPDX-License-Identifier: Apache-2.0
package io.convoy.data;

import io.convoy.files.AtomicFile;
import io.convoy.tensor.DType;
import io.convoy.tensor.Tensor;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Reads and writes arrays in NumPy's format (NEP 1, and numpy.lib.format for versions 2.0 and 3.0):
 * what {@code numpy.save} writes and {@code numpy.load} reads.
 */
public final class Npy {
  /** Elements begin at a multiple of it. */
  private static final int ALIGNMENT = 64;

  private Npy() {}

  /**
   * Reads a file of format 1.0, 2.0 or 3.0, little- or big-endian, in C's order.
   *
   * @param file the file
   * @return the array: float32 as FLOAT32; float64 as FLOAT32, each number rounded to the nearest;
   *     int32 and int64 as INT32; uint8 as UINT8
   * @throws DataException if there is no such file, it is damaged, in Fortran's order or of another
   *     type, or a float64 or int64 is beyond the range of its new type
   */
  public static Tensor read(Path file) throws DataException {
    if (!Files.isRegularFile(file)) {
      throw new DataException("there is no file '" + file + "'. Check the path");
    }
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      return new NpyReader("file '" + file + "'", in, Files.size(file)).read();
    } catch (DataException e) {
      throw e;
    } catch (IOException e) {
      throw new DataException("file '" + file + "' can't be read: " + e.getMessage(), e);
    }
  }

  /**
   * Writes a file of format 1.0, little-endian, whole or not at all.
   *
   * @param file the file, new or to be replaced
   * @param tensor what to write: FLOAT32 as float32, INT32 as int32, UINT8 as uint8
   * @throws IOException if it can't be written; the message says why and what would help, and the
   *     old file, if any, is as it was
   */
  public static void write(Path file, Tensor tensor) throws IOException {
    AtomicFile.write(
        file,
        out -> {
          out.write(header(tensor));
          out.write(littleEndian(tensor));
        });
  }

  private static ByteBuffer header(Tensor tensor) {
    int[] shape = tensor.spec().shape().dims();
    String dims = IntStream.of(shape).mapToObj(dim -> "" + dim).collect(Collectors.joining(", "));
    String text =
        String.format(
            "{'descr': '%s', 'fortran_order': False, 'shape': (%s%s), }",
            descr(tensor.spec().dtype()), dims, shape.length == 1 ? "," : "");
    int start = NpyHeader.MAGIC.length + 2 + Short.BYTES;
    int all = (start + text.length() + ALIGNMENT) / ALIGNMENT * ALIGNMENT; // with a line feed
    ByteBuffer header = ByteBuffer.allocate(all).order(ByteOrder.LITTLE_ENDIAN);
    header.put(NpyHeader.MAGIC).put((byte) 1).put((byte) 0).putShort((short) (all - start));
    header.put(text.getBytes(StandardCharsets.US_ASCII));
    while (header.remaining() > 1) {
      header.put((byte) ' ');
    }
    return header.put((byte) '\n').flip();
  }

  private static String descr(DType type) {
    return switch (type) {
      case FLOAT32 -> "<f4";
      case INT32 -> "<i4";
      case UINT8 -> "|u1";
      case BFLOAT16, FLOAT16 -> throw new IllegalArgumentException(type + " stays on its device");
    };
  }

  private static ByteBuffer littleEndian(Tensor tensor) {
    ByteBuffer bytes = tensor.bytes();
    if (tensor.spec().dtype() == DType.UINT8 || bytes.order() == ByteOrder.LITTLE_ENDIAN) {
      return bytes;
    }
    ByteBuffer swapped = ByteBuffer.allocate(bytes.remaining()).order(ByteOrder.LITTLE_ENDIAN);
    swapped.asIntBuffer().put(bytes.asIntBuffer()); // a float's bits, too
    return swapped;
  }
}
