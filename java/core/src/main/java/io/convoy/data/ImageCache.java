// SPDX-License-Identifier: Apache-2.0
package io.convoy.data;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.stream.JsonWriter;
import io.convoy.files.AtomicFile;
import io.convoy.tensor.Shape;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * Keeps decoded images: {@code name.u8} holds their bytes, {@code name.json} what they were decoded
 * from, each file with size and time, and the bytes' checksum. They are used only if the JSON that
 * would be written now is the one that is there.
 *
 * @param folder where both files are, made when there is something to keep
 * @param name of both files
 */
record ImageCache(Path folder, String name) {
  /** Changes with what decoding does. */
  private static final int VERSION = 1;

  /**
   * Returns {@code [images, height, width, channels]}, decoded if they are not kept. They are the
   * file itself, mapped into memory: they take no heap, and the system may drop and read them anew.
   *
   * @param beforeDecoding is run if they must be decoded
   */
  ByteBuffer pixels(ImageFiles files, Shape instance, Runnable beforeDecoding) throws IOException {
    Optional<ByteBuffer> kept = read(files, instance);
    if (kept.isPresent()) {
      return kept.get();
    }
    beforeDecoding.run();
    ByteBuffer pixels = ByteBuffer.wrap(ImageDecoder.decode(files, instance));
    Files.createDirectories(folder);
    AtomicFile.write(data(), out -> out.write(pixels.duplicate()));
    AtomicFile.write(header(), describe(files, instance, pixels));
    return map();
  }

  private Optional<ByteBuffer> read(ImageFiles files, Shape instance) throws IOException {
    boolean fits =
        Files.isRegularFile(header())
            && Files.isRegularFile(data())
            && Files.size(data()) == ImageDecoder.bytes(files, instance);
    if (!fits) {
      return Optional.empty();
    }
    ByteBuffer pixels = map();
    byte[] expected = describe(files, instance, pixels).getBytes(UTF_8);
    return Arrays.equals(expected, Files.readAllBytes(header()))
        ? Optional.of(pixels)
        : Optional.empty();
  }

  /** The mapping outlives the channel, and the file's name. */
  private ByteBuffer map() throws IOException {
    try (FileChannel in = FileChannel.open(data(), StandardOpenOption.READ)) {
      return in.map(FileChannel.MapMode.READ_ONLY, 0, in.size());
    }
  }

  private static String describe(ImageFiles files, Shape instance, ByteBuffer pixels)
      throws IOException {
    CRC32C checksum = new CRC32C();
    checksum.update(pixels.duplicate());
    StringWriter text = new StringWriter();
    try (JsonWriter json = new JsonWriter(text)) {
      json.setIndent(" ");
      json.beginObject().name("version").value(VERSION);
      json.name("shape").value(instance.toString());
      json.name("crc32c").value(checksum.getValue());
      json.name("files").beginArray();
      for (int i = 0; i < files.files().size(); i++) {
        Path file = files.files().get(i);
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        json.beginObject().name("name").value(files.relativeName(i));
        json.name("bytes").value(attributes.size());
        json.name("modified").value(attributes.lastModifiedTime().toString()).endObject();
      }
      json.endArray().endObject();
    }
    return text + "\n";
  }

  private Path data() {
    return folder.resolve(name + ".u8");
  }

  private Path header() {
    return folder.resolve(name + ".json");
  }
}
