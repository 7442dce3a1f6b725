// SPDX-License-Identifier: Apache-2.0
package io.convoy.ops;

import io.convoy.tensor.DType;
import io.convoy.tensor.Shape;
import io.convoy.tensor.TensorSpec;
import java.util.List;

/**
 * Cross-entropy of softmax(logits) with labels, and its gradient in the same pass: loss[n] = -sum
 * over c of p[n,c] log softmax(logits)[n,c]; backprop = softmax(logits) sum(p[n,:]) - p. With label
 * smoothing s, p becomes (1 - s) p + s / C (arXiv 1512.00567, section 7).
 *
 * <p>Inputs: logits {@code [N,C]}; labels INT32 {@code [N]} (sparse) or FLOAT32 {@code [N,C]}
 * (distributions). Outputs: loss {@code [N]}, backprop {@code [N,C]}. A sparse label outside 0 to
 * C-1 makes loss and backprop of its row NaN.
 *
 * @param labelSmoothing s, from 0 to below 1
 */
public record SoftmaxCrossEntropy(float labelSmoothing) implements Op {
  /**
   * Checks the smoothing.
   *
   * @param labelSmoothing the component
   */
  public SoftmaxCrossEntropy {
    Checks.check(
        labelSmoothing >= 0 && labelSmoothing < 1,
        "label smoothing must be in [0, 1), is " + labelSmoothing);
  }

  @Override
  public List<TensorSpec> infer(List<TensorSpec> inputs) {
    Checks.count(inputs, 2);
    Checks.dtype(inputs, 0, DType.FLOAT32);
    Shape logits = Checks.rank(inputs, 0, 2, "logits [N,C]");
    TensorSpec labels = inputs.get(1);
    Shape expected = labels.dtype() == DType.INT32 ? Shape.of(logits.dim(0)) : logits;
    Checks.check(
        expected.accepts(labels.shape()),
        "labels must be INT32 [N] or FLOAT32 [N,C] for logits " + logits + ", are " + labels);
    return List.of(TensorSpec.f32(logits.dim(0)), inputs.get(0));
  }
}
