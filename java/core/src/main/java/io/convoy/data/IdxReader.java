// SPDX-License-Identifier: Apache-2.0
package io.convoy.data;

import io.convoy.tensor.Shape;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.ZipException;

/**
 * Reads a file of unsigned bytes in IDX format (described on LeCun's page of the MNIST database):
 * two zero bytes, the element type (08), the number of dimensions, each dimension as a big-endian
 * 32-bit number, and the elements, row-major. The file may be packed with gzip, whatever its name.
 * What a header claims is believed only as far as there are data.
 */
public final class IdxReader {
  private static final int UNSIGNED_BYTES = 0x08;

  /** Longest array that a JVM makes. */
  private static final int MAX_ELEMENTS = Integer.MAX_VALUE - 8;

  /**
   * Room made at first, as a multiple of the packed bytes that are there: MNIST's images need 4.8.
   * Data that are packed closer cost copies; a header that lies costs no memory.
   */
  private static final long EXPECTED_RATIO = 16;

  private static final int LEAST_ROOM = 1 << 16;

  private final DataSource source;
  private final String file;
  private final int rank;

  /**
   * Names a file, without opening it.
   *
   * @param source where it is
   * @param file its name there
   * @param rank how many dimensions it must have
   */
  public IdxReader(DataSource source, String file, int rank) {
    this.source = source;
    this.file = file;
    this.rank = rank;
  }

  /**
   * Reads the header alone.
   *
   * @return the dimensions, each at least 1, with less than 2^31 elements in all
   * @throws DataException if the file can't be read or has no such header
   */
  public Shape shape() throws DataException {
    return reading((in, present) -> header(in));
  }

  /**
   * Reads the whole file.
   *
   * @return the elements, row-major, unsigned
   * @throws DataException if the file can't be read, has no such header, or fewer or more elements
   *     than the header says
   */
  public byte[] read() throws DataException {
    return reading(this::elements);
  }

  @Override
  public String toString() {
    return source.describe(file);
  }

  /** Reads from the unpacked file, of which {@code present} bytes are there, packed or not. */
  private interface Part<T> {
    T read(InputStream in, int present) throws IOException;
  }

  private <T> T reading(Part<T> part) throws DataException {
    try (PushbackInputStream raw = new PushbackInputStream(source.open(file), 2)) {
      int present = raw.available();
      if (!isPacked(raw)) {
        return part.read(raw, present);
      }
      try (InputStream in = new GzipStream(raw)) {
        return part.read(in, present);
      }
    } catch (DataException e) {
      throw e;
    } catch (ZipException e) {
      throw new DataException(
          this + ": the gzip data are damaged: " + e.getMessage() + ". Get the file again", e);
    } catch (EOFException e) {
      throw new DataException(this + ": the gzip data are cut off. Get the file again", e);
    } catch (IOException e) {
      throw new DataException(this + " can't be read: " + e.getMessage(), e);
    }
  }

  private static boolean isPacked(PushbackInputStream in) throws IOException {
    byte[] start = in.readNBytes(2);
    in.unread(start);
    return Arrays.equals(start, GzipStream.MAGIC);
  }

  private Shape header(InputStream in) throws IOException {
    byte[] magic = headerBytes(in, 4);
    if (magic[0] != 0 || magic[1] != 0) {
      throw new DataException(
          String.format(
              "%s begins with %s, an IDX file with 00 00 08 %02x. Is it another kind of file?",
              this, HexFormat.ofDelimiter(" ").formatHex(magic), rank));
    }
    if (magic[2] != UNSIGNED_BYTES) {
      throw new DataException(
          String.format(
              "%s has elements of IDX type %02x; only unsigned bytes (08) can be read. Convert it",
              this, magic[2]));
    }
    if ((magic[3] & 0xFF) != rank) {
      throw new DataException(
          String.format(
              "%s has %d dimensions, not %d. Images have 3 and labels 1: are files mixed up?",
              this, magic[3] & 0xFF, rank));
    }
    return dimensions(in);
  }

  private Shape dimensions(InputStream in) throws IOException {
    IntBuffer claimed = ByteBuffer.wrap(headerBytes(in, 4 * rank)).asIntBuffer();
    int[] dims = new int[rank];
    long elements = 1;
    for (int i = 0; i < rank; i++) {
      long dim = Integer.toUnsignedLong(claimed.get(i));
      elements *= dim; // below 2^31 times below 2^32: no overflow
      if (elements == 0 || elements > MAX_ELEMENTS) {
        throw damaged(
            String.format(
                "its header says that dimension %d is %d, and so %d elements or more; from 1 to %d"
                    + " can be read",
                i, dim, elements, MAX_ELEMENTS));
      }
      dims[i] = (int) dim;
    }
    return Shape.of(dims);
  }

  private byte[] headerBytes(InputStream in, int count) throws IOException {
    byte[] bytes = in.readNBytes(count);
    if (bytes.length < count) {
      throw damaged("its header has " + (4 + 4 * rank) + " bytes and ends early");
    }
    return bytes;
  }

  private byte[] elements(InputStream in, int present) throws IOException {
    int expected = (int) header(in).elements();
    long room = Math.max(LEAST_ROOM, EXPECTED_RATIO * present);
    byte[] data = new byte[(int) Math.min(expected, room)];
    int count = in.readNBytes(data, 0, data.length);
    while (count == data.length && count < expected) {
      data = Arrays.copyOf(data, (int) Math.min(expected, 2L * count));
      count += in.readNBytes(data, count, data.length - count);
    }
    long surplus = in.transferTo(OutputStream.nullOutputStream());
    if (count < expected || surplus > 0) {
      throw damaged(
          String.format("its header says %d elements, there are %d", expected, count + surplus));
    }
    return data;
  }

  private DataException damaged(String what) {
    return new DataException(this + " is damaged: " + what + ". Get the file again");
  }
}
