// SPDX-License-Identifier: Apache-2.0
package io.convoy.ops;

import io.convoy.tensor.DType;
import io.convoy.tensor.TensorSpec;
import java.util.List;

/**
 * Tells for each row whether the label's class is among the k largest predictions. Of equal
 * predictions the one with the smaller index counts as larger, so k = 1 is argmax with the first of
 * equals. A row whose label's prediction is NaN is not among them.
 *
 * <p>Inputs: predictions {@code [N,C]}; labels INT32 {@code [N]}, or FLOAT32 {@code [N,C]} whose
 * largest element is meant. Output: FLOAT32 {@code [N]} of 0 and 1.
 *
 * @param k how many, at least 1
 */
public record InTopK(int k) implements Op {
  /**
   * Checks k.
   *
   * @param k the component
   */
  public InTopK {
    Checks.check(k >= 1, "k must be at least 1, is " + k);
  }

  @Override
  public List<TensorSpec> infer(List<TensorSpec> inputs) {
    Checks.dtype(inputs, 0, DType.FLOAT32);
    return new SoftmaxCrossEntropy(0).infer(inputs).subList(0, 1);
  }
}
