// SPDX-License-Identifier: Apache-2.0
package io.convoy.testkit;

import io.convoy.ops.Dropout;
import io.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/** Dropout: the mask is Philox's, bit for bit. */
final class DropoutCases {
  /** Below, at and above the 8 lanes of a block, odd, and more than one thread's share. */
  private static final int[][] SHAPES = {{1}, {7}, {8}, {9}, {3, 5, 7, 11}, {128, 33}, {70001}};

  /** Differences in more elements would take seconds and show nothing new. */
  private static final int LARGE = 2000;

  private DropoutCases() {}

  static List<OpCase> all() {
    List<OpCase> cases = new ArrayList<>();
    for (float rate : new float[] {0, 0.2f, 0.5f, 0.9375f}) {
      for (int[] shape : SHAPES) {
        cases.add(dropout(new Dropout(rate, 1, 2 << 24), 0, shape));
      }
    }
    for (int step : new int[] {1, 123456, Integer.MAX_VALUE}) {
      cases.add(dropout(new Dropout(0.5f, 1, 2 << 24), step, 1001));
    }
    // High half of the key, and a stream above the first.
    cases.add(dropout(new Dropout(0.5f, -1234567890123456789L, (2 << 24) + 7), 3, 1001));
    // The finest rates that 16 bits can tell from 0 and from 1.
    cases.add(dropout(new Dropout(1 / 65536f, 5, 2 << 24), 3, 70001));
    cases.add(dropout(new Dropout(0.99999f, 5, 2 << 24), 3, 70001));
    return cases;
  }

  private static OpCase dropout(Dropout op, int step, int... shape) {
    String key = " seed " + op.seed() + " stream " + op.stream() + " step " + step;
    OpCase mask =
        OpCase.of(
            "dropout/" + op.rate() + " " + Shape.of(shape) + key,
            Tolerance.exact(),
            s -> s.op(op, s.input(Data.awayFromZero(), shape), s.counter(step)));
    return Shape.of(shape).elements() > LARGE ? mask : mask.smooth();
  }
}
