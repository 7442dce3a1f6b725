// SPDX-License-Identifier: Apache-2.0
package io.convoy.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.tensor.Tensor;
import io.convoy.tensor.TensorSpec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafeTensorsTest {
  @TempDir Path folder;

  @Test
  void bringsEveryBitBack() throws IOException {
    int[] bits = {0, 0x80000000, 0x7F800001, 0xFFC12345, 0x7FC00000, 1, 0x7F7FFFFF, 0x3F800000};
    Tensor floats = Tensor.zeros(TensorSpec.f32(2, 4));
    floats.bytes().asIntBuffer().put(bits);
    Map<String, Tensor> tensors =
        Map.of(
            "floats",
            floats,
            "ints",
            Tensor.of(new int[] {Integer.MIN_VALUE, -1, 0, Integer.MAX_VALUE}, 4, 1),
            "scalar",
            Tensor.scalar(0.1f),
            "empty",
            Tensor.zeros(TensorSpec.f32(3, 0)),
            "ünï\u0000\"\\ \uD83D\uDE80/name",
            Tensor.of(new int[] {7}));
    Map<String, String> metadata = Map.of("json", "{\"a\": [1]}", "", "", "line\n", "\u2028");
    SafeTensors.Content content = writeAndRead(tensors, metadata);
    assertEquals(metadata, content.metadata());
    assertEquals(tensors.keySet(), content.tensors().keySet());
    for (String name : tensors.keySet()) {
      assertEquals(tensors.get(name).spec(), content.tensors().get(name).spec());
      assertEquals(tensors.get(name).bytes(), content.tensors().get(name).bytes());
    }
  }

  @Test
  void bringsBackTensorsLongerThanAChunk() throws IOException {
    int[] values = new int[200_001];
    for (int i = 0; i < values.length; i++) {
      values[i] = i * 0x9E3779B9;
    }
    Tensor small = Tensor.of(new int[] {-5}, 1);
    SafeTensors.Content content =
        writeAndRead(Map.of("b", Tensor.of(values, values.length), "c", small), Map.of());
    assertArrayEquals(values, content.tensors().get("b").ints());
    assertArrayEquals(new int[] {-5}, content.tensors().get("c").ints());
  }

  @Test
  void writesTheFormatToTheByte() throws IOException {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("w", Tensor.of(new float[] {1, -2}, 2));
    tensors.put("a", Tensor.of(new int[] {0x01020304}));
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("z", "1");
    metadata.put("k", "v");
    Path file = folder.resolve("golden.safetensors");
    SafeTensors.write(file, tensors, metadata);
    String header =
        "{\"__metadata__\":{\"k\":\"v\",\"z\":\"1\"},"
            + "\"a\":{\"dtype\":\"I32\",\"shape\":[],\"data_offsets\":[0,4]},"
            + "\"w\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[4,12]}}    ";
    assertEquals(0, header.length() % 8);
    ByteBuffer expected = ByteBuffer.allocate(8 + header.length() + 12);
    expected.order(ByteOrder.LITTLE_ENDIAN).putLong(header.length());
    expected.put(header.getBytes(StandardCharsets.UTF_8));
    expected.put(new byte[] {4, 3, 2, 1, 0, 0, (byte) 0x80, 0x3F, 0, 0, 0, (byte) 0xC0});
    assertArrayEquals(expected.array(), Files.readAllBytes(file));
    assertEquals(List.of("a", "w"), List.copyOf(SafeTensors.read(file).tensors().keySet()));
  }

  @Test
  void writesAndReadsNothing() throws IOException {
    SafeTensors.Content content = writeAndRead(Map.of(), Map.of());
    assertTrue(content.tensors().isEmpty());
    assertTrue(content.metadata().isEmpty());
  }

  @Test
  void alignsTheDataWithAsFewSpacesAsCanBe() throws IOException {
    Path file = folder.resolve("aligned.safetensors");
    for (int length = 1; length < 17; length++) {
      SafeTensors.write(file, Map.of("n".repeat(length), Tensor.scalar(1)), Map.of());
      ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
      assertEquals(0, bytes.getLong(0) % 8);
      assertEquals(8 + bytes.getLong(0) + 4, bytes.capacity());
      String header = new String(bytes.array(), 8, (int) bytes.getLong(0), StandardCharsets.UTF_8);
      assertTrue(header.length() - header.stripTrailing().length() < 8, header);
    }
  }

  @Test
  void refusesNamesThatTheFormatLacks() {
    Path file = folder.resolve("never.safetensors");
    for (String name : List.of("__metadata__", "\uD83D")) {
      Map<String, Tensor> tensors = Map.of(name, Tensor.scalar(1));
      assertThrows(
          IllegalArgumentException.class, () -> SafeTensors.write(file, tensors, Map.of()));
    }
    Map<String, String> metadata = Map.of("key", "\uDE80");
    assertThrows(IllegalArgumentException.class, () -> SafeTensors.write(file, Map.of(), metadata));
    assertFalse(Files.exists(file));
  }

  @Test
  void keepsTheOldFileWhenWritingFails() throws IOException {
    Path file = folder.resolve("model.safetensors");
    SafeTensors.write(file, Map.of("w", Tensor.scalar(1)), Map.of());
    Files.createDirectory(folder.resolve("model.safetensors.tmp"));
    IOException e =
        assertThrows(
            IOException.class,
            () -> SafeTensors.write(file, Map.of("w", Tensor.scalar(2)), Map.of()));
    assertTrue(e.getMessage().contains("model.safetensors' can't be written"), e.getMessage());
    assertEquals(1, SafeTensors.read(file).tensors().get("w").item());
  }

  private SafeTensors.Content writeAndRead(
      Map<String, Tensor> tensors, Map<String, String> metadata) throws IOException {
    Path file = folder.resolve("round-trip.safetensors");
    SafeTensors.write(file, tensors, metadata);
    return SafeTensors.read(file);
  }
}
