// SPDX-License-Identifier: Apache-2.0
package io.convoy.ops;

import io.convoy.tensor.TensorSpec;
import java.util.List;

/**
 * Cross-entropy of sigmoid(logits) with labels, element by element, and its gradient in the same
 * pass: loss = max(z, 0) - z p + log(1 + e^-|z|); backprop = sigmoid(z) - p.
 *
 * <p>Inputs: logits z, labels p in [0, 1], of one shape. Outputs: loss and backprop of that shape.
 */
public record SigmoidCrossEntropy() implements Op {
  @Override
  public List<TensorSpec> infer(List<TensorSpec> inputs) {
    Checks.count(inputs, 2);
    Checks.floats(inputs);
    Checks.same(inputs, 0, 1);
    return List.of(inputs.get(0), inputs.get(0));
  }
}
