// SPDX-License-Identifier: Apache-2.0
package io.convoy.ops;

import io.convoy.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A convolution, matrix product or sum with bias and activation applied before the result is
 * written: activation(biasAdd(root(inputs), bias)). Made by compile passes, never by users.
 *
 * <p>Inputs: the root's, then the bias {@code [C]} if there is one. Output: the root's.
 *
 * @param root a {@link Conv2D}, a {@link MatMul}, or a sum, which takes no bias
 * @param bias whether there is a bias
 * @param activation applied last, if any
 */
public record Fused(Op root, boolean bias, Optional<Activation> activation) implements Op {
  /**
   * Checks the root.
   *
   * @param root the component
   * @param bias the component
   * @param activation the component
   */
  public Fused {
    boolean sum = root.equals(new Binary(Binary.Kind.ADD)) && !bias;
    Checks.check(
        root instanceof Conv2D || root instanceof MatMul || sum,
        root.label() + " takes no such epilogue");
  }

  @Override
  public List<TensorSpec> infer(List<TensorSpec> inputs) {
    Checks.count(inputs, bias ? 3 : 2);
    List<TensorSpec> out = root.infer(inputs.subList(0, 2));
    if (bias) {
      List<TensorSpec> biased = new ArrayList<>(out);
      biased.add(inputs.get(2));
      new BiasAdd().infer(biased);
    }
    return out;
  }

  @Override
  public String label() {
    return root.label() + (bias ? " + BiasAdd" : "") + activation.map(a -> " + " + a).orElse("");
  }
}
