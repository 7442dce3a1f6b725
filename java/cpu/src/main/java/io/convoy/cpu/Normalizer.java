// SPDX-License-Identifier: Apache-2.0
package io.convoy.cpu;

import io.convoy.ops.FusedNormalization;
import io.convoy.tensor.TensorSpec;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Batch normalisation by given statistics as one scale and one shift for each channel: scale =
 * gamma / sqrt(variance + epsilon), shift = beta + scale (bias - mean), where the bias is that of
 * the convolution before it. Post-ops of the convolution would do as well, but cost brgemm 2 to 4 %
 * of its time; scaled filters cost nothing.
 */
final class Normalizer {
  private final List<Operand> parameters = new ArrayList<>();
  private final Operand scale;
  private final Operand shift;

  /** Adds what makes them from inputs 2 to 5 and, if there is a bias, 6. */
  Normalizer(FusedNormalization op, Site site) {
    for (int i = 2; i < FusedNormalization.FIXED_INPUTS + (op.bias() ? 1 : 0); i++) {
      parameters.add(site.in(i));
    }
    TensorSpec channels = site.in(2).spec();
    scale = site.temporary(channels);
    shift = site.temporary(channels);
    List<Operand> operands = new ArrayList<>(parameters);
    operands.add(scale);
    operands.add(shift);
    site.prepare(site.loop(1, (memory, item, worker) -> make(op, memory), operands), parameters);
  }

  private static void make(FusedNormalization op, Memory[] memory) {
    FloatBuffer scales = memory[memory.length - 2].floats();
    FloatBuffer shifts = memory[memory.length - 1].floats();
    for (int c = 0; c < scales.capacity(); c++) {
      double gamma = memory[0].floats().get(c);
      double beta = memory[1].floats().get(c);
      double mean = memory[2].floats().get(c);
      double variance = memory[3].floats().get(c);
      double bias = op.bias() ? memory[4].floats().get(c) : 0;
      double factor = gamma / Math.sqrt(variance + op.epsilon());
      scales.put(c, (float) factor);
      shifts.put(c, (float) (beta + factor * (bias - mean)));
    }
  }

  /** What they are made of. */
  List<Operand> parameters() {
    return parameters;
  }

  /** [C]. */
  Operand scale() {
    return scale;
  }

  /** [C]. */
  Operand shift() {
    return shift;
  }
}
