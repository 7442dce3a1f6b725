// SPDX-License-Identifier: Apache-2.0
package io.convoy.ops;

import io.convoy.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * The gradients of an activation and of the batch normalisation before it: dz = {@link
 * ActivateGrad} of dy, and {@link BatchNormGrad} of dz. Made by compile passes, never by users.
 *
 * <p>Inputs: x {@code [..., C]}, dy of x's type and shape, then gamma, mean, variance, all {@code
 * [C]}, then what the activation's derivative is told from: beta {@code [C]}, of which gamma (x -
 * mean) / sqrt(variance + epsilon) + beta is made again, or, with a residual, what {@link
 * ActivateGrad} reads. Outputs: dx of x's shape, dgamma {@code [C]}, dbeta {@code [C]}, and, with a
 * residual, its gradient dz of x's shape.
 *
 * @param epsilon added to the variance, above 0
 * @param activation the function
 * @param residual whether something was added before the activation
 */
public record FusedBatchNormGrad(float epsilon, Activation activation, boolean residual)
    implements Op {
  /** Index among the inputs of what the derivative is told from. */
  public static final int TOLD_FROM = 5;

  /**
   * Checks that the derivative can be told from what is given.
   *
   * @param epsilon the component
   * @param activation the component
   * @param residual the component
   */
  public FusedBatchNormGrad {
    new ActivateGrad(activation);
    Checks.check(
        residual || toldFromArgument(activation), "f' of " + activation + " wants f's value");
  }

  /**
   * Tells whether the formula of a derivative holds for the function's argument.
   *
   * @param f the function
   * @return true if the derivative uses the argument, or only the value's sign, which is the
   *     argument's
   */
  public static boolean toldFromArgument(Activation f) {
    return f.kind() == Activation.Kind.RELU
        || f.kind() == Activation.Kind.LEAKY_RELU
        || f.kind().derivativeUses() == Activation.Uses.INPUT;
  }

  @Override
  public List<TensorSpec> infer(List<TensorSpec> inputs) {
    Checks.count(inputs, TOLD_FROM + 1);
    List<TensorSpec> outputs =
        new ArrayList<>(new BatchNormGrad(epsilon, false).infer(inputs.subList(0, TOLD_FROM)));
    if (residual) {
      outputs.addAll(
          new ActivateGrad(activation).infer(List.of(inputs.get(1), inputs.get(TOLD_FROM))));
    } else {
      Checks.same(inputs, 2, TOLD_FROM);
    }
    return outputs;
  }

  @Override
  public String label() {
    return activation + "Grad + BatchNormGrad" + (residual ? " with residual" : "");
  }
}
