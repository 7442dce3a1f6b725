// SPDX-License-Identifier: Apache-2.0
package io.convoy.ops;

import io.convoy.tensor.DType;
import io.convoy.tensor.TensorSpec;
import java.util.List;
import java.util.Optional;

/**
 * The gradient of {@link FusedPool2D}, told from what was taken. With y = f(x) and p = maxPool(y),
 * dx = f'(y) poolGrad(dp). An element of y that gets a gradient is the one its window took, hence
 * equal to the window's p, and f' is told from f's value, so dx = poolGrad(f'(p) dp): neither x nor
 * y is read. Made by compile passes, never by users.
 *
 * <p>Inputs: x {@code [N,H,W,C]} (its shape alone), what was taken, UINT8 {@code [N,P,Q,C]}, dp
 * {@code [N,P,Q,C]}, then p of that shape if there is an activation. Outputs: dx {@code [N,H,W,C]},
 * then the bias' gradient {@code [C]} if there is one: the sum of dx over all axes but the
 * innermost.
 *
 * @param spec kind, window, strides and padding
 * @param activation the function before pooling, if its gradient is part of this; of {@link
 *     Activation.Uses#OUTPUT}
 * @param bias whether dx is summed
 */
public record FusedPool2DGrad(PoolSpec spec, Optional<Activation> activation, boolean bias)
    implements Op {
  /** Index of what was taken among the inputs. */
  public static final int TAKEN = 1;

  /** Index of dp among the inputs. */
  public static final int DP = 2;

  /** Index of p among the inputs. */
  public static final int P = 3;

  /**
   * Checks that the derivative is told from f's value.
   *
   * @param spec the component
   * @param activation the component
   * @param bias the component
   */
  public FusedPool2DGrad {
    activation.ifPresent(
        f ->
            Checks.check(
                f.kind().derivativeUses() == Activation.Uses.OUTPUT,
                "the derivative of " + f + " is not told from its value"));
  }

  @Override
  public List<TensorSpec> infer(List<TensorSpec> inputs) {
    Checks.count(inputs, activation.isPresent() ? P + 1 : P);
    TensorSpec x = inputs.get(0);
    List<TensorSpec> made = new FusedPool2D(spec, false, Optional.empty(), true).infer(List.of(x));
    Checks.dtype(inputs, TAKEN, DType.UINT8);
    Checks.same(List.of(made.get(1), inputs.get(TAKEN)), 0, 1);
    for (TensorSpec pooled : inputs.subList(DP, inputs.size())) {
      Checks.oneFloat(List.of(x, pooled));
      Checks.same(List.of(made.get(0), pooled), 0, 1);
    }
    return bias ? List.of(x, new BiasAddGrad().infer(List.of(x)).get(0)) : List.of(x);
  }

  @Override
  public boolean readsData(int input) {
    return input != 0;
  }

  @Override
  public String label() {
    return activation.map(a -> a + "Grad + ").orElse("")
        + "Pool2DGrad "
        + spec
        + (bias ? " + BiasAddGrad" : "");
  }
}
