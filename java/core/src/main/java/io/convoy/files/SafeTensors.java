// SPDX-License-Identifier: Apache-2.0
package io.convoy.files;

import io.convoy.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Reads and writes named tensors in Hugging Face's safetensors format: the header's length as a
 * little-endian 64-bit number, the header in JSON, and the tensors' elements, little-endian and
 * row-major, one behind the other. Equal content makes equal files: names are sorted, and the
 * header is padded with spaces so that the data begin at a multiple of 8 bytes.
 */
public final class SafeTensors {
  /** The format's own limit, in bytes. */
  static final long MAX_HEADER = 100_000_000;

  private static final int LENGTH = Long.BYTES;
  private static final int CHUNK = 1 << 18;

  private SafeTensors() {}

  /**
   * What a file holds.
   *
   * @param tensors by name, in the file's order
   * @param metadata free text by name, in the file's order
   */
  public record Content(Map<String, Tensor> tensors, Map<String, String> metadata) {
    /**
     * Copies the maps.
     *
     * @param tensors by name, in the file's order
     * @param metadata free text by name, in the file's order
     */
    public Content {
      tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
      metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    }
  }

  /**
   * Writes a file, whole or not at all.
   *
   * @param file the file, new or to be replaced
   * @param tensors what to write, FLOAT32 as F32 and INT32 as I32
   * @param metadata free text by name
   * @throws IOException if it can't be written; the message says why and what would help, and the
   *     old file, if any, is as it was
   * @throws IllegalArgumentException if a name or text is not valid Unicode, a tensor is named
   *     {@code __metadata__}, or the header would exceed 100 MB
   */
  public static void write(Path file, Map<String, Tensor> tensors, Map<String, String> metadata)
      throws IOException {
    SortedMap<String, Tensor> sorted = new TreeMap<>(tensors);
    ByteBuffer header = HeaderWriter.encode(sorted, new TreeMap<>(metadata));
    AtomicFile.write(
        file,
        out -> {
          out.write(header);
          ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
          for (Tensor tensor : sorted.values()) {
            write(tensor, chunk, out);
          }
        });
  }

  /** Copies words of 4 bytes, which all types here have, so that their order comes out right. */
  private static void write(Tensor tensor, ByteBuffer chunk, WritableByteChannel out)
      throws IOException {
    IntBuffer words = tensor.bytes().asIntBuffer();
    while (words.hasRemaining()) {
      int count = Math.min(words.remaining(), CHUNK / Integer.BYTES);
      chunk.clear().asIntBuffer().put(words.slice(words.position(), count));
      words.position(words.position() + count);
      out.write(chunk.limit(count * Integer.BYTES));
    }
  }

  /**
   * Reads a file.
   *
   * @param file the file
   * @return what it holds
   * @throws IOException if there is no such file, it can't be read, or it is not exactly what the
   *     format wants; the message names the file and the tensor, and says what is wrong
   */
  public static Content read(Path file) throws IOException {
    return read(file, name -> true);
  }

  /**
   * Reads some tensors of a file.
   *
   * @param file the file
   * @param wanted tells by its name whether a tensor is read; others may be of any type
   * @return what it holds, without the others
   * @throws IOException as {@link #read(Path)}
   */
  public static Content read(Path file, Predicate<String> wanted) throws IOException {
    if (Files.isDirectory(file)) {
      throw new IOException("'" + file + "' is a folder. Name a .safetensors file in it");
    }
    if (!Files.isRegularFile(file)) {
      throw new IOException("there is no file '" + file + "'. Check the path");
    }
    try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer json = header(file, in);
      HeaderReader header = new HeaderReader(file, in.size() - LENGTH - json.limit(), wanted);
      header.parse(json);
      Map<String, Tensor> tensors = new LinkedHashMap<>();
      ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
      for (HeaderReader.Entry entry : header.entries()) {
        if (entry.spec().isEmpty()) {
          in.position(in.position() + entry.end() - entry.begin());
          continue;
        }
        Tensor tensor = Tensor.zeros(entry.spec().get());
        read(file, in, chunk, tensor);
        tensors.put(entry.name(), tensor);
      }
      return new Content(tensors, header.metadata());
    }
  }

  private static ByteBuffer header(Path file, FileChannel in) throws IOException {
    long behind = in.size() - LENGTH;
    if (behind < 0) {
      throw HeaderReader.bad(
          file, "it has " + in.size() + " bytes; the length of its header alone takes " + LENGTH);
    }
    ByteBuffer length = ByteBuffer.allocate(LENGTH).order(ByteOrder.LITTLE_ENDIAN);
    fill(file, in, length);
    long claimed = length.getLong(0);
    if (claimed < 0 || claimed > MAX_HEADER) {
      throw HeaderReader.bad(
          file,
          String.format(
              "its header claims %s bytes, at most %d are allowed: it is of another kind, or damaged",
              Long.toUnsignedString(claimed), MAX_HEADER));
    }
    if (claimed > behind) {
      throw HeaderReader.bad(
          file, "its header claims " + claimed + " bytes, there are " + behind + " in all");
    }
    ByteBuffer json = ByteBuffer.allocate((int) claimed);
    fill(file, in, json);
    return json.flip();
  }

  private static void read(Path file, FileChannel in, ByteBuffer chunk, Tensor tensor)
      throws IOException {
    IntBuffer words = tensor.bytes().asIntBuffer();
    while (words.hasRemaining()) {
      int count = Math.min(words.remaining(), CHUNK / Integer.BYTES);
      fill(file, in, chunk.clear().limit(count * Integer.BYTES));
      words.put(chunk.flip().asIntBuffer());
    }
  }

  private static void fill(Path file, FileChannel in, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      if (in.read(bytes) < 0) {
        throw HeaderReader.bad(file, "it became shorter while it was read");
      }
    }
  }
}
