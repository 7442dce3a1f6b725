// SPDX-License-Identifier: Apache-2.0
package io.convoy.testkit;

import io.convoy.tensor.HalfFloat;
import io.convoy.tensor.TensorSpec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Compares a tensor with its double-precision judge. */
final class Comparison {
  private Comparison() {}

  /**
   * Compares.
   *
   * @param what named in the error
   * @param expected right values
   * @param actual as many 32-bit elements, from the first byte on
   * @throws AssertionError that names the first wrong index, both values and how many are wrong
   */
  static void check(
      String what, TensorSpec spec, double[] expected, ByteBuffer actual, Tolerance tolerance) {
    if (actual.capacity() != spec.bytes()) {
      throw new AssertionError(
          what + " " + spec + " has " + actual.capacity() + " bytes, not " + spec.bytes());
    }
    ByteBuffer elements = actual.duplicate().order(ByteOrder.nativeOrder());
    int wrong = 0;
    int first = -1;
    for (int i = 0; i < expected.length; i++) {
      if (!agrees(rounded(spec, expected[i]), element(spec, elements, i), tolerance)) {
        first = wrong++ == 0 ? i : first;
      }
    }
    if (wrong > 0) {
      throw new AssertionError(
          String.format(
              "%s %s at %s: expected %.9g, got %.9g, allowed %.3g (%s); %d of %d are wrong",
              what,
              spec,
              Arrays.toString(position(spec, first)),
              expected[first],
              element(spec, elements, first),
              tolerance.allowed(expected[first]),
              tolerance.reason(),
              wrong,
              expected.length));
    }
  }

  private static double element(TensorSpec spec, ByteBuffer elements, int i) {
    return switch (spec.dtype()) {
      case FLOAT32 -> elements.getFloat(4 * i);
      case INT32 -> elements.getInt(4 * i);
      case UINT8 -> elements.get(i) & 0xFF;
      case BFLOAT16, FLOAT16 -> HalfFloat.value(spec.dtype(), elements.getShort(2 * i));
    };
  }

  /** The nearest number that the type can hold. */
  private static double rounded(TensorSpec spec, double expected) {
    return switch (spec.dtype()) {
      case FLOAT32 -> (float) expected;
      case INT32, UINT8 -> (int) expected;
      case BFLOAT16, FLOAT16 -> HalfFloat.round(spec.dtype(), expected);
    };
  }

  /** NaN agrees with NaN alone, an infinity with itself alone. */
  private static boolean agrees(double expected, double actual, Tolerance tolerance) {
    if (Double.isNaN(expected) || Double.isInfinite(expected)) {
      return Double.compare(expected, actual) == 0;
    }
    return Math.abs(actual - expected) <= tolerance.allowed(expected);
  }

  private static int[] position(TensorSpec spec, int index) {
    int[] position = spec.shape().dims();
    for (int axis = position.length - 1; axis >= 0; axis--) {
      int size = position[axis];
      position[axis] = index % size;
      index /= size;
    }
    return position;
  }
}
