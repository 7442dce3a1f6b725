// SPDX-License-Identifier: Apache-2.0
package io.convoy.files;

import com.google.gson.stream.JsonWriter;
import io.convoy.tensor.Tensor;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;

/** Writes the header of a safetensors file. */
final class HeaderWriter {
  static final String METADATA = "__metadata__";
  static final String F32 = "F32";
  static final String I32 = "I32";

  private static final int ALIGNMENT = 8;

  private HeaderWriter() {}

  /** Returns length and header, ready to be written; the tensors follow in the map's order. */
  static ByteBuffer encode(SortedMap<String, Tensor> tensors, SortedMap<String, String> metadata) {
    if (tensors.containsKey(METADATA)) {
      throw new IllegalArgumentException("no tensor can have the name " + METADATA);
    }
    ByteBuffer json = utf8(json(tensors, metadata));
    int length = (json.remaining() + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    if (length > SafeTensors.MAX_HEADER) {
      throw new IllegalArgumentException(
          "a safetensors header of " + length + " bytes is beyond " + SafeTensors.MAX_HEADER);
    }
    ByteBuffer header = ByteBuffer.allocate(Long.BYTES + length).order(ByteOrder.LITTLE_ENDIAN);
    header.putLong(length).put(json);
    while (header.hasRemaining()) {
      header.put((byte) ' ');
    }
    return header.flip();
  }

  private static String json(Map<String, Tensor> tensors, Map<String, String> metadata) {
    StringWriter text = new StringWriter();
    try (JsonWriter json = new JsonWriter(text)) {
      json.beginObject();
      if (!metadata.isEmpty()) {
        json.name(METADATA).beginObject();
        for (Map.Entry<String, String> entry : metadata.entrySet()) {
          json.name(entry.getKey()).value(entry.getValue());
        }
        json.endObject();
      }
      long offset = 0;
      for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
        offset = tensor(json.name(entry.getKey()), entry.getValue(), offset);
      }
      json.endObject();
    } catch (IOException e) {
      throw new AssertionError("a StringWriter does not fail", e);
    }
    return text.toString();
  }

  /** Describes a tensor that begins at an offset, and returns where it ends. */
  private static long tensor(JsonWriter json, Tensor tensor, long offset) throws IOException {
    long end = offset + tensor.spec().bytes();
    json.beginObject().name("dtype");
    switch (tensor.spec().dtype()) {
      case FLOAT32 -> json.value(F32);
      case INT32 -> json.value(I32);
      case UINT8, BFLOAT16, FLOAT16 ->
          throw new IllegalArgumentException(
              tensor.spec().dtype() + " tensors stay on their device");
    }
    json.name("shape").beginArray();
    for (int dim : tensor.spec().shape().dims()) {
      json.value(dim);
    }
    json.endArray();
    json.name("data_offsets").beginArray().value(offset).value(end).endArray();
    json.endObject();
    return end;
  }

  private static ByteBuffer utf8(String text) {
    try {
      return StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(
          "a tensor's name or the metadata have half a surrogate pair, which is no Unicode", e);
    }
  }
}
