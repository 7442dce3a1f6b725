// SPDX-License-Identifier: Apache-2.0
package io.convoy.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.convoy.ops.Dropout;
import io.convoy.random.Philox;
import org.junit.jupiter.api.Test;

/** The mask in bulk against core's generator, lane by lane. */
class PhiloxMaskTest {
  @Test
  void masksFollowTheGenerator() {
    for (float rate : new float[] {0, 0.2f, 0.5f, 0.99999f}) {
      check(new Dropout(rate, 0x123456789ABCDEFL, 7), 3, 5);
    }
    check(new Dropout(0.3f, -1L, -2), Integer.MAX_VALUE, (1L << 32) - 2);
  }

  private static void check(Dropout op, int step, long firstBlock) {
    float[] mask = new float[8 * 64];
    PhiloxMask.fill(op, step, firstBlock, mask);
    Philox generator = new Philox(op.seed(), op.stream(), step);
    for (int i = 0; i < mask.length; i++) {
      generator.block(firstBlock + i / 8);
      int word = generator.word(i % 8 / 2);
      int lane = i % 2 == 0 ? word & 0xFFFF : word >>> 16;
      assertEquals(lane < op.threshold() ? 0 : op.scale(), mask[i], op + ", element " + i);
    }
  }
}
