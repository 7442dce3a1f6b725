// SPDX-License-Identifier: Apache-2.0
package io.convoy.ops;

import io.convoy.tensor.DType;
import io.convoy.tensor.Shape;
import io.convoy.tensor.TensorSpec;
import java.util.List;

/**
 * The gradient of {@link Reduce}: dy repeated along the reduced axes, divided by their number of
 * elements for a mean.
 *
 * <p>Inputs: dy of the reduced shape, x of which only the shape is used. Output: dx of x's shape.
 *
 * @param forward the reduction
 */
public record ReduceGrad(Reduce forward) implements Op {
  @Override
  public List<TensorSpec> infer(List<TensorSpec> inputs) {
    Checks.count(inputs, 2);
    Checks.dtype(inputs, 0, DType.FLOAT32);
    TensorSpec x = new TensorSpec(DType.FLOAT32, inputs.get(1).shape());
    TensorSpec y = forward.infer(List.of(x)).get(0);
    Checks.same(List.of(y, inputs.get(0)), 0, 1);
    return List.of(x);
  }

  /**
   * Returns what dy is multiplied by.
   *
   * @param x shape of dx
   * @return 1, or 1 divided by the number of elements of a mean
   */
  public float factor(Shape x) {
    float factor = 1;
    for (int axis : forward.axes()) {
      factor /= forward.kind() == Reduce.Kind.MEAN ? x.dim(axis) : 1;
    }
    return factor;
  }

  @Override
  public boolean readsData(int input) {
    return input == 0;
  }

  @Override
  public String label() {
    return forward.label() + "Grad";
  }
}
