// SPDX-License-Identifier: Apache-2.0
package io.convoy.keras;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a file holds: an architecture, weights, or both. Its first bytes tell which format it is.
 *
 * @param path the file
 * @param architecture JSON of a model
 * @param weights the root of an HDF5 file
 */
record KerasFile(Path path, Optional<JsonObject> architecture, Optional<H5Group> weights) {
  private static final byte[] ZIP = {'P', 'K'};
  private static final byte[] HDF5 = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};
  private static final byte[] JSON = {'{'};

  static KerasFile open(Path path) throws IOException {
    ByteBuffer bytes = map(path);
    if (startsWith(bytes, ZIP)) {
      return KerasArchive.read(path);
    }
    if (startsWith(bytes, HDF5)) {
      H5Group root = H5Group.root(path, bytes);
      Optional<String> config = root.text("model_config");
      Optional<JsonObject> json =
          config.isPresent() ? Optional.of(json(path, config.get())) : Optional.empty();
      return new KerasFile(path, json, Optional.of(root));
    }
    if (startsWith(bytes, JSON)) {
      String text = StandardCharsets.UTF_8.decode(bytes).toString();
      return new KerasFile(path, Optional.of(json(path, text)), Optional.empty());
    }
    throw new IOException(
        path + " is no file of Keras: neither a .keras archive, nor HDF5, nor the JSON of a model");
  }

  private static ByteBuffer map(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path)) {
      if (channel.size() > Integer.MAX_VALUE) {
        throw new IOException(
            path + " has " + channel.size() + " bytes; files of up to 2^31-1 can be read");
      }
      return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
    }
  }

  private static boolean startsWith(ByteBuffer bytes, byte... magic) {
    return bytes.limit() >= magic.length
        && bytes.slice(0, magic.length).equals(ByteBuffer.wrap(magic));
  }

  static JsonObject json(Path path, String text) throws IOException {
    try {
      JsonElement json = JsonParser.parseString(text);
      if (json.isJsonObject()) {
        return json.getAsJsonObject();
      }
      throw new IOException(path + ": the architecture is no JSON object");
    } catch (JsonParseException e) {
      throw new IOException(path + ": the architecture is no JSON: " + e.getMessage(), e);
    }
  }

  JsonObject requireArchitecture() throws IOException {
    return architecture.orElseThrow(
        () ->
            new IOException(
                path
                    + " holds weights alone; say whose they are: Keras.readWeights takes a network,"
                    + " the command --from keras-weights --model"));
  }

  H5Group requireWeights() throws IOException {
    return weights.orElseThrow(
        () -> new IOException(path + " holds an architecture alone, no weights"));
  }
}
