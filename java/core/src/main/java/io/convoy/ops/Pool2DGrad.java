// SPDX-License-Identifier: Apache-2.0
package io.convoy.ops;

import io.convoy.tensor.TensorSpec;
import java.util.List;

/**
 * The gradient of {@link Pool2D}.
 *
 * <p>Inputs: x {@code [N,H,W,C]}, y {@code [N,P,Q,C]} (what pooling made of x), dy {@code
 * [N,P,Q,C]}. Output: dx {@code [N,H,W,C]}.
 *
 * @param spec kind, window, strides and padding
 */
public record Pool2DGrad(PoolSpec spec) implements Op {
  @Override
  public List<TensorSpec> infer(List<TensorSpec> inputs) {
    Checks.count(inputs, 3);
    Checks.oneFloat(inputs);
    TensorSpec y = new Pool2D(spec).infer(inputs.subList(0, 1)).get(0);
    Checks.same(List.of(y, inputs.get(2)), 0, 1);
    Checks.same(inputs, 1, 2);
    return List.of(inputs.get(0));
  }

  @Override
  public boolean readsData(int input) {
    return input == 2 || spec.kind() != PoolSpec.Kind.AVERAGE;
  }

  @Override
  public String label() {
    return "Pool2DGrad " + spec;
  }
}
