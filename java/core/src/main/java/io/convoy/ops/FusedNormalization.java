// SPDX-License-Identifier: Apache-2.0
package io.convoy.ops;

import io.convoy.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A convolution with batch normalisation by given statistics, a sum and an activation applied
 * before the result is written: activation(batchNormInference(conv(x, w) + bias) + residual). Made
 * by compile passes, never by users.
 *
 * <p>Inputs: x, w, then gamma, beta, mean, variance, all {@code [C]}, then the bias {@code [C]} if
 * there is one, then the residual, of the output's shape, if there is one. Output: the
 * convolution's.
 *
 * @param root the convolution
 * @param epsilon added to the variance, above 0
 * @param bias whether there is a bias
 * @param activation applied last, if any
 */
public record FusedNormalization(
    Conv2D root, float epsilon, boolean bias, Optional<Activation> activation) implements Op {
  /** How many inputs there are always. */
  public static final int FIXED_INPUTS = 6;

  @Override
  public List<TensorSpec> infer(List<TensorSpec> inputs) {
    Checks.count(inputs, FIXED_INPUTS + (bias ? 1 : 0));
    List<TensorSpec> out = root.infer(inputs.subList(0, 2));
    List<TensorSpec> normalized = new ArrayList<>(out);
    normalized.addAll(inputs.subList(2, FIXED_INPUTS));
    new BatchNormInference(epsilon).infer(normalized);
    if (bias) {
      new BiasAdd().infer(List.of(out.get(0), inputs.get(FIXED_INPUTS)));
    }
    return out;
  }

  @Override
  public String label() {
    return root.label()
        + (bias ? " + BiasAdd" : "")
        + " + BatchNormInference"
        + activation.map(a -> " + " + a).orElse("");
  }
}
