// SPDX-License-Identifier: Apache-2.0
package io.convoy.data;

import static io.convoy.data.IdxBytes.bytes;
import static io.convoy.data.IdxBytes.counting;
import static io.convoy.data.NpyBytes.npy;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.tensor.Shape;
import io.convoy.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NpzTest {
  /** By NumPy 2.4's savez_compressed: uint8 x, 0 to 11 as [3, 2, 2], and int64 y, 0 2 1. */
  private static final byte[] BY_NUMPY =
      Base64.getDecoder()
          .decode(
              "UEsDBC0AAAAIAAAAIQCaCbEc//////////8FABQAeC5ucHkBABAAjAAAAAAAAABUAAAAAAAAAJvsF+obEMnI"
                  + "UMZQrZ6SWpxcpG6loF5Taqiuo6Cell9UUpSYF59flJIKEndLzClOBYoXZyQWpAL5GsY6CkZApKmj"
                  + "UKtAHuBiYGRiZmFlY+fg5OIGAFBLAwQtAAAACAAAACEA5vNVTf//////////BQAUAHkubnB5AQAQ"
                  + "AJgAAAAAAAAATAAAAAAAAACb7BfqGxDJyFDGUK2eklqcXKRupaBuk2mhrqOgnpZfVFKUmBefX5SS"
                  + "ChJ3S8wpTgWKF2ckFqQC+RrGOpo6CrUKFAAuBihggtKMUBoAUEsBAi0DLQAAAAgAAAAhAJoJsRxU"
                  + "AAAAjAAAAAUAAAAAAAAAAAAAAIABAAAAAHgubnB5UEsBAi0DLQAAAAgAAAAhAObzVU1MAAAAmAAA"
                  + "AAUAAAAAAAAAAAAAAIABiwAAAHkubnB5UEsFBgAAAAACAAIAZgAAAA4BAAAAAA==");

  @TempDir Path folder;

  @Test
  void readsWhatNumPySaves() throws IOException {
    Map<String, Tensor> arrays = Npz.read(Files.write(folder.resolve("a.npz"), BY_NUMPY));
    assertEquals(List.of("x", "y"), List.copyOf(arrays.keySet()));
    assertEquals(Shape.of(3, 2, 2), arrays.get("x").spec().shape());
    assertEquals(ByteBuffer.wrap(counting(12)), arrays.get("x").bytes());
    assertArrayEquals(new int[] {0, 2, 1}, arrays.get("y").ints());
  }

  @Test
  void refusesFilesCutAnywhere() throws IOException {
    for (int length = 0; length < BY_NUMPY.length; length++) {
      refuses(Arrays.copyOf(BY_NUMPY, length), "a.npz'");
    }
  }

  @Test
  void refusesDamage() throws IOException {
    // Within the second half of the deflated x, and in the checksum that the directory has of it.
    for (int at : new int[] {120, 270 + 16}) {
      byte[] damaged = BY_NUMPY.clone();
      damaged[at] ^= 1;
      refuses(damaged, "");
    }
    byte[] checksum = BY_NUMPY.clone();
    checksum[270 + 16] ^= 1;
    refuses(checksum, "array 'x' is damaged: its checksum (CRC-32) differs");
  }

  @Test
  void believesNoHugeSizes() throws IOException {
    byte[] file = BY_NUMPY.clone();
    ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putInt(270 + 24, Integer.MAX_VALUE);
    refuses(file, "array 'x' is damaged: 2147483647 bytes can't be packed in 84");
    file = BY_NUMPY.clone();
    ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putInt(270 + 24, 80_000);
    refuses(file, "which take 12 bytes, there are 79872");
  }

  @Test
  void refusesOtherFiles() throws IOException {
    refuses(counting(100), "can't be read as .npz");
    refuses(npy("|u1", "(1,)", new byte[1]), "can't be read as .npz");
    Path none = folder.resolve("none.npz");
    DataException e = assertThrows(DataException.class, () -> Npz.read(none));
    assertTrue(e.getMessage().contains("there is no file '" + none), e.getMessage());
  }

  @Test
  void namesTheArrayThatCanNotBeRead() throws IOException {
    Path file = zip(Map.of("x.npy", npy("|O", "(1,)", new byte[1]), "readme.txt", new byte[1]));
    DataException e = assertThrows(DataException.class, () -> Npz.read(file));
    assertTrue(e.getMessage().contains("a.npz', array 'x' has elements of type |O"));
  }

  @Test
  void passesOverWhatIsNoArray() throws IOException {
    Path file = zip(Map.of("readme.txt", new byte[1]));
    assertEquals(Map.of(), Npz.read(file));
  }

  @Test
  void splitsHaveKerasNames() throws IOException {
    DataSplits splits = Npz.splits(zip(sound()));
    assertEquals(folder.resolve("a.npz").toString(), splits.name());
    assertEquals(Shape.of(2, 2, 1), splits.train().instanceShape());
    assertEquals(4, splits.train().size());
    assertEquals(2, splits.test().size());
    assertEquals(3, splits.train().classes());
    assertEquals(3, splits.test().classes());
  }

  @Test
  void splitsRefuseWhatDoesNotFit() throws IOException {
    Map<String, byte[]> arrays = sound();
    arrays.remove("x_test.npy");
    arrays.remove("y_test.npy");
    splitsRefuse(arrays, "lacks the arrays x_test, y_test. Save it as numpy.savez(");
    arrays = sound();
    arrays.put("y_test.npy", npy("|u1", "(2,)", bytes(0, 3)));
    splitsRefuse(arrays, "instance 1 has label 3; with 3 classes labels are 0 to 2");
    arrays = sound();
    arrays.put("x_test.npy", npy("|u1", "(2, 1, 4)", counting(8)));
    splitsRefuse(arrays, "instances for training are [2, 2, 1], for the test [1, 4, 1]");
    arrays = sound();
    arrays.put("y_train.npy", npy("|u1", "(3,)", counting(3)));
    splitsRefuse(arrays, "features of shape [4, 2, 2] and 3 labels");
  }

  private static Map<String, byte[]> sound() {
    Map<String, byte[]> arrays = new LinkedHashMap<>();
    arrays.put("x_train.npy", npy("|u1", "(4, 2, 2)", counting(16)));
    arrays.put("y_train.npy", npy("|u1", "(4,)", bytes(0, 2, 1, 0)));
    arrays.put("x_test.npy", npy("|u1", "(2, 2, 2)", counting(8)));
    arrays.put("y_test.npy", npy("|u1", "(2, 1)", bytes(2, 1)));
    arrays.put("more.npy", npy("|O", "(1,)", bytes(0)));
    return arrays;
  }

  private void splitsRefuse(Map<String, byte[]> arrays, String expected) throws IOException {
    Path file = zip(arrays);
    DataException e = assertThrows(DataException.class, () -> Npz.splits(file));
    assertTrue(e.getMessage().contains(file.toString()), e.getMessage());
    assertTrue(e.getMessage().contains(expected), e.getMessage());
  }

  private void refuses(byte[] content, String expected) throws IOException {
    Path file = Files.write(folder.resolve("a.npz"), content);
    DataException e = assertThrows(DataException.class, () -> Npz.read(file));
    assertTrue(e.getMessage().contains(expected), e.getMessage());
  }

  private Path zip(Map<String, byte[]> entries) throws IOException {
    return NpyBytes.zip(folder.resolve("a.npz"), entries);
  }
}
