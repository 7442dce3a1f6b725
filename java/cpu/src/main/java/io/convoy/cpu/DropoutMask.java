// SPDX-License-Identifier: Apache-2.0
package io.convoy.cpu;

import static org.bytedeco.dnnl.global.dnnl.dnnl_binary_mul;

import io.convoy.ops.Dropout;
import io.convoy.tensor.TensorSpec;

/**
 * Dropout: the mask of 0 and the scale is drawn once, by 8 lanes of 16 bits from each Philox block,
 * and multiplied by, forward and backward.
 */
final class DropoutMask {
  /** Elements that a thread takes at once, a multiple of the lanes. */
  private static final int ITEM = 8192;

  /** A mask, which forward and backward pass share. */
  private record MaskKey(Dropout op, int iterations, TensorSpec spec) {}

  private DropoutMask() {}

  static void apply(Dropout op, Site site) {
    MaskKey key = new MaskKey(op, site.inputSlot(1), site.in(0).spec());
    Buffer known = site.shared(key);
    Operand mask = known == null ? site.temporary(key.spec()) : new Operand(-1, key.spec(), known);
    if (known == null) {
      draw(op, mask, site);
      site.share(key, mask.buffer());
    }
    Operand x = site.in(0);
    Binaries.combine(dnnl_binary_mul, x, mask, site.outLike(0, x), site);
  }

  private static void draw(Dropout op, Operand mask, Site site) {
    int count = Math.toIntExact(mask.elements());
    float[][] values = new float[site.workers()][ITEM];
    site.loop(
        (count + ITEM - 1) / ITEM,
        (memory, item, worker) -> {
          int begin = item * ITEM;
          int step = memory[0].ints().get(0);
          PhiloxMask.fill(op, step, begin / PhiloxMask.LANES, values[worker]);
          memory[1].floats().put(begin, values[worker], 0, Math.min(ITEM, count - begin));
        },
        site.in(1),
        mask);
  }
}
