// SPDX-License-Identifier: Apache-2.0
package io.convoy.ops;

import io.convoy.tensor.DType;
import io.convoy.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@link Pool2D} with what comes before it, y = pool(activation(biasAdd(x, bias))), so that what is
 * pooled is never written, and with what its gradient needs. Made by compile passes, never by
 * users.
 *
 * <p>Inputs: x {@code [N,H,W,C]}, then the bias {@code [C]} if there is one. Outputs: y {@code
 * [N,P,Q,C]}, then, if asked for, which element of its window each y is: UINT8 {@code [N,P,Q,C]} of
 * row * windowW + column, with padded elements counted.
 *
 * @param spec kind, window, strides and padding
 * @param bias whether there is a bias
 * @param activation applied before pooling, if any
 * @param taken whether the second output is made: for {@link #tellsTaken} alone
 */
public record FusedPool2D(
    PoolSpec spec, boolean bias, Optional<Activation> activation, boolean taken) implements Op {
  private static final int PLACES = 256;

  /**
   * Checks that what is taken fits a byte.
   *
   * @param spec the component
   * @param bias the component
   * @param activation the component
   * @param taken the component
   */
  public FusedPool2D {
    Checks.check(!taken || tellsTaken(spec), spec + " takes no single one of up to 256 elements");
  }

  /**
   * Tells whether a byte can say what a pooling takes.
   *
   * @param spec the pooling
   * @return false for means, and for windows of more than 256 elements
   */
  public static boolean tellsTaken(PoolSpec spec) {
    return spec.kind() != PoolSpec.Kind.AVERAGE && (long) spec.windowH() * spec.windowW() <= PLACES;
  }

  @Override
  public List<TensorSpec> infer(List<TensorSpec> inputs) {
    Checks.count(inputs, bias ? 2 : 1);
    List<TensorSpec> made = new ArrayList<>(new Pool2D(spec).infer(inputs.subList(0, 1)));
    if (bias) {
      new BiasAdd().infer(inputs);
    }
    if (taken) {
      made.add(new TensorSpec(DType.UINT8, made.get(0).shape()));
    }
    return made;
  }

  @Override
  public String label() {
    return (bias ? "BiasAdd + " : "")
        + activation.map(a -> a + " + ").orElse("")
        + "Pool2D "
        + spec;
  }
}
