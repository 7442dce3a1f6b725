// SPDX-License-Identifier: Apache-2.0
package io.convoy.reference;

import io.convoy.ops.Dropout;
import io.convoy.random.Philox;
import java.util.List;

/** Dropout: 8 lanes of 16 bits from each Philox block, one an element. */
final class DropoutMask {
  private static final int LANES = 8;

  private DropoutMask() {}

  static void apply(Dropout op, List<DoubleTensor> in, List<DoubleTensor> out) {
    double[] x = in.get(0).values();
    double[] y = out.get(0).values();
    Philox generator = new Philox(op.seed(), op.stream(), (int) in.get(1).item());
    for (int i = 0; i < x.length; i++) {
      generator.block(i / LANES);
      y[i] = lane(generator, i % LANES) < op.threshold() ? 0 : x[i] * op.scale();
    }
  }

  /** The low half of a word for even lanes, the high half for odd ones. */
  private static int lane(Philox generator, int lane) {
    int word = generator.word(lane / 2);
    return lane % 2 == 0 ? word & 0xFFFF : word >>> 16;
  }
}
