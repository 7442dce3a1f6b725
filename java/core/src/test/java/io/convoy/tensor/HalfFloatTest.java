// SPDX-License-Identifier: Apache-2.0
package io.convoy.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Numbers of 16 bits. */
class HalfFloatTest {
  private static final long SEED = 17;

  /** IEEE 754's binary16: its corners, ties, subnormals, and where infinity begins. */
  @ParameterizedTest
  @CsvSource({
    "1, 3c00",
    "-2, c000",
    "65504, 7bff",
    "65519.99, 7bff",
    "65520, 7c00",
    "-1e10, fc00",
    "6.103515625e-5, 0400",
    "6.097555160522461e-5, 03ff",
    "5.960464477539063e-8, 0001",
    "2.9802322387695312e-8, 0000",
    "2.98e-8, 0000",
    "2.99e-8, 0001",
    "-1e-9, 8000",
    "1.00048828125, 3c00",
    "1.00146484375, 3c02",
    "Infinity, 7c00",
    "NaN, 7fff"
  })
  void float16(double x, String bits) {
    assertEquals(bits, hex(HalfFloat.bits(DType.FLOAT16, x)));
  }

  /** By the bits of the float that a bfloat16 is the upper half of. */
  @Test
  void bfloat16() {
    Random random = new Random(SEED);
    for (int i = 0; i < 100_000; i++) {
      int bits = random.nextInt();
      float x = Float.intBitsToFloat(bits);
      int rounded = bits + 0x7fff + (bits >>> 16 & 1) >>> 16;
      String expected = Float.isNaN(x) ? "7fff" : hex((short) rounded);
      assertEquals(expected, hex(HalfFloat.bits(DType.BFLOAT16, x)), "of " + x);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"BFLOAT16", "FLOAT16"})
  void allNumbersComeBack(DType type) {
    for (int bits = 0; bits < 1 << 16; bits++) {
      double value = HalfFloat.value(type, (short) bits);
      assertEquals(value, HalfFloat.round(type, value));
      if (!Double.isNaN(value)) {
        assertEquals(hex((short) bits), hex(HalfFloat.bits(type, value)));
      }
    }
  }

  @Test
  void otherTypesAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> HalfFloat.round(DType.FLOAT32, 1));
  }

  private static String hex(short bits) {
    return "%04x".formatted(bits & 0xffff);
  }
}
