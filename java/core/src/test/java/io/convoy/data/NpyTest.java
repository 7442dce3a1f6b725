// SPDX-License-Identifier: Apache-2.0
package io.convoy.data;

import static io.convoy.data.IdxBytes.bytes;
import static io.convoy.data.IdxBytes.counting;
import static io.convoy.data.IdxBytes.join;
import static io.convoy.data.NpyBytes.npy;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.tensor.DType;
import io.convoy.tensor.Shape;
import io.convoy.tensor.Tensor;
import io.convoy.tensor.TensorSpec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NpyTest {
  /** What NumPy 2.4 saves for [[1.5, -2, 1e30], [0, inf, 3]] in float32. */
  private static final byte[] BY_NUMPY =
      Base64.getDecoder()
          .decode(
              "k05VTVBZAQB2AHsnZGVzY3InOiAnPGY0JywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDIs"
                  + "IDMpLCB9ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAg"
                  + "ICAgIAoAAMA/AAAAwMrySXEAAAAAAACAfwAAQEA=");

  private static final float[] VALUES = {1.5f, -2, 1e30f, 0, Float.POSITIVE_INFINITY, 3};

  @TempDir Path folder;

  @Test
  void readsAndWritesWhatNumPySaves() throws IOException {
    Tensor tensor = Npy.read(write(BY_NUMPY));
    assertEquals(TensorSpec.f32(2, 3), tensor.spec());
    assertArrayEquals(VALUES, tensor.floats());
    Path copy = folder.resolve("copy.npy");
    Npy.write(copy, tensor);
    assertArrayEquals(BY_NUMPY, Files.readAllBytes(copy));
  }

  @ParameterizedTest
  @ValueSource(strings = {"<f4", ">f4", "<f8", ">f8"})
  void readsFloatsOfBothSizesAndOrders(String descr) throws IOException {
    ByteBuffer elements = elements(descr, VALUES.length);
    for (float v : VALUES) {
      if (descr.endsWith("8")) {
        elements.putDouble(v);
      } else {
        elements.putFloat(v);
      }
    }
    Tensor tensor = Npy.read(write(npy(descr, "(6,)", elements.array())));
    assertEquals(TensorSpec.f32(6), tensor.spec());
    assertArrayEquals(VALUES, tensor.floats());
  }

  @ParameterizedTest
  @ValueSource(strings = {"<i4", ">i4", "<i8", ">i8"})
  void readsIntegersOfBothSizesAndOrders(String descr) throws IOException {
    int[] values = {0, -1, 258, Integer.MIN_VALUE, Integer.MAX_VALUE, 7};
    ByteBuffer elements = elements(descr, values.length);
    for (int v : values) {
      if (descr.endsWith("8")) {
        elements.putLong(v);
      } else {
        elements.putInt(v);
      }
    }
    Tensor tensor = Npy.read(write(npy(descr, "(2, 3)", elements.array())));
    assertEquals(TensorSpec.i32(2, 3), tensor.spec());
    assertArrayEquals(values, tensor.ints());
  }

  private static ByteBuffer elements(String descr, int count) {
    boolean big = descr.startsWith(">");
    return ByteBuffer.allocate(count * (descr.charAt(2) - '0'))
        .order(big ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
  }

  @Test
  void readsBytesThroughManyChunks() throws IOException {
    byte[] elements = counting(200_003);
    Tensor tensor = Npy.read(write(npy("|u1", "(200003,)", elements)));
    assertEquals(new TensorSpec(DType.UINT8, Shape.of(200_003)), tensor.spec());
    assertEquals(ByteBuffer.wrap(elements), tensor.bytes());
  }

  @Test
  void roundsDoublesToTheNearestFloat() throws IOException {
    double[] values = {0.1, 1e-60, Double.NaN, Math.nextUp(1.0 + 0x1p-24)};
    ByteBuffer elements = elements("<f8", values.length);
    elements.asDoubleBuffer().put(values);
    assertArrayEquals(
        new float[] {0.1f, 0, Float.NaN, 1 + 0x1p-23f},
        Npy.read(write(npy("<f8", "(4,)", elements.array()))).floats());
  }

  @Test
  void refusesNumbersBeyondTheRange() throws IOException {
    ByteBuffer doubles = elements("<f8", 2).putDouble(1).putDouble(-1e39);
    refuses(npy("<f8", "(2,)", doubles.array()), "element 1 is -1.0E39, beyond 32-bit floats");
    ByteBuffer longs = elements("<i8", 2).putLong(1).putLong(1L << 31);
    refuses(npy("<i8", "(2,)", longs.array()), "element 1 is 2147483648, beyond 32-bit integers");
  }

  @Test
  void readsEveryVersionAndAnyOrderOfKeys() throws IOException {
    String header = "{'shape':(2,),'fortran_order' : True, 'descr': '|u1'}  ";
    for (int version = 1; version <= 3; version++) {
      ByteBuffer read = Npy.read(write(npy(version, header, bytes(5, 6)))).bytes();
      assertEquals(ByteBuffer.wrap(bytes(5, 6)), read);
    }
  }

  @Test
  void readsAndWritesScalarsAndEmptyArrays() throws IOException {
    assertEquals(Shape.scalar(), Npy.read(write(npy("<f4", "()", new byte[4]))).spec().shape());
    assertEquals(Shape.of(0, 3), Npy.read(write(npy("<f4", "(0, 3)", new byte[0]))).spec().shape());
    for (Tensor tensor :
        new Tensor[] {Tensor.scalar(3), Tensor.of(new int[0], 0), Tensor.of(new int[] {9}, 1, 1)}) {
      Path file = folder.resolve("written.npy");
      Npy.write(file, tensor);
      Tensor read = Npy.read(file);
      assertEquals(tensor.spec(), read.spec());
      assertEquals(tensor.bytes(), read.bytes());
    }
  }

  @Test
  void writesBytesOfAnyCount() throws IOException {
    Tensor tensor = Tensor.zeros(new TensorSpec(DType.UINT8, Shape.of(5)));
    tensor.bytes().put(counting(5));
    Path file = folder.resolve("written.npy");
    Npy.write(file, tensor);
    assertEquals(128 + 5, Files.size(file));
    assertEquals(tensor.bytes(), Npy.read(file).bytes());
  }

  @Test
  void refusesFortransOrder() throws IOException {
    String header = "{'descr': '|u1', 'fortran_order': True, 'shape': (1, 2)}";
    refuses(npy(1, header, bytes(1, 2)), "Fortran's order. Save it in C's, as numpy.ascontig");
  }

  @ParameterizedTest
  @ValueSource(strings = {"<f2", "|O", "<U5", "|b1", "<u4", "|f4", "f4", "", "<i16"})
  void refusesOtherTypes(String descr) throws IOException {
    String found = "has elements of type " + descr + "; only float32, float64, int32";
    refuses(npy(descr, "(1,)", new byte[8]), found);
  }

  @Test
  void refusesElementsWithFields() throws IOException {
    String header = "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,), }";
    refuses(npy(1, header, new byte[4]), "has elements with fields");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "''|is no dictionary",
        "{}|has not the keys",
        "{'descr': '<f4', 'fortran_order': False}|has not the keys",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (1,), 'more': True}|has not the keys",
        "{'descr': '<f4', 'fortran_order': False, 'shape': 1}|can't be understood",
        "{'descr': '<f4' 'fortran_order': False, 'shape': (1,)}|can't be understood",
        "{'descr': '<f4', 'fortran_order': False, 'shape': '1'}|is no tuple",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (1,,2)}|no dimensions below 2^31",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (9999999999,)}|no dimensions below"
      })
  void refusesOtherHeaders(String header, String expected) throws IOException {
    refuses(npy(1, header.replace("''", ""), new byte[4]), expected);
  }

  @Test
  void refusesWhatIsNoNumPyFile() throws IOException {
    refuses(
        "PNG or so".getBytes(StandardCharsets.US_ASCII),
        "begins with 50 4e 47 20 6f 72, a NumPy file with 93 4e 55 4d 50 59");
    refuses(npy(4, "", new byte[9]), "has format 4.0; 1.0, 2.0 and 3.0 can be read");
  }

  @Test
  void refusesFilesCutAnywhere() throws IOException {
    for (int length = 0; length < BY_NUMPY.length; length++) {
      Path cut = write(Arrays.copyOf(BY_NUMPY, length));
      DataException e = assertThrows(DataException.class, () -> Npy.read(cut), "cut to " + length);
      assertTrue(e.getMessage().contains(cut + "' is damaged: "), e.getMessage());
    }
    refuses(Arrays.copyOf(BY_NUMPY, 151), "[2, 3] of F4, which take 24 bytes, there are 23");
    refuses(join(BY_NUMPY, bytes(1)), "which take 24 bytes, there are 25");
  }

  @Test
  void believesNoHugeNumbers() throws IOException {
    refuses(npy("<f4", "(500000000,)", new byte[4]), "take 2000000000 bytes, there are 4");
    refuses(npy("|u1", "(65536, 65536)", new byte[4]), "at most 2147483647 elements");
    refuses(npy("|u1", "(65536, 65536, 65536, 65536)", new byte[4]), "claims the shape");
    byte[] file = npy(2, "", new byte[4]);
    ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putInt(8, 10_001);
    refuses(file, "its header claims 10001 bytes, at most 10000 are usual");
    ByteBuffer.wrap(file).putInt(8, -1);
    refuses(file, "its header claims 4294967295 bytes");
  }

  @Test
  void refusesMissingFiles() {
    Path none = folder.resolve("none.npy");
    DataException e = assertThrows(DataException.class, () -> Npy.read(none));
    assertEquals("there is no file '" + none + "'. Check the path", e.getMessage());
    assertThrows(DataException.class, () -> Npy.read(folder));
  }

  @Test
  void messagesHoldNoControlCharacters() throws IOException {
    Path file = write(npy("\u001b[2J", "(1,)", new byte[4]));
    DataException e = assertThrows(DataException.class, () -> Npy.read(file));
    assertFalse(e.getMessage().contains("\u001b"), e.getMessage());
  }

  private void refuses(byte[] content, String expected) throws IOException {
    Path file = write(content);
    DataException e = assertThrows(DataException.class, () -> Npy.read(file));
    assertTrue(e.getMessage().contains(file.toString()), e.getMessage());
    assertTrue(e.getMessage().contains(expected), e.getMessage());
  }

  private Path write(byte[] content) throws IOException {
    return Files.write(folder.resolve("array.npy"), content);
  }
}
