// SPDX-License-Identifier: Apache-2.0
package io.convoy.ops;

import io.convoy.tensor.DType;
import io.convoy.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@link SoftmaxCrossEntropy} with what its gradient is multiplied by, gradient[n,c] = scale f1[n]
 * f2[n] backprop[n,c], and with the ranking of its labels. Made by compile passes, never by users.
 *
 * <p>Inputs: the root's: logits {@code [N,C]}, of 16 bits or FLOAT32, and labels; then up to 2
 * factors f, FLOAT32, of one element or of N. Outputs: loss {@code [N]}, which is not multiplied,
 * the gradient {@code [N,C]} of the logits' type, and, with a ranking, its FLOAT32 {@code [N]}.
 *
 * @param root the cross-entropy
 * @param scale a factor of all rows
 * @param ranking what is asked of the same logits and labels, if anything
 */
public record FusedSoftmaxCrossEntropy(
    SoftmaxCrossEntropy root, float scale, Optional<InTopK> ranking) implements Op {
  /** Inputs before the first factor: the root's. */
  public static final int FACTORS = 2;

  /** How many factors there may be: a loss' scale, and a weight a row. */
  public static final int MOST_FACTORS = 2;

  @Override
  public List<TensorSpec> infer(List<TensorSpec> inputs) {
    int factors = inputs.size() - FACTORS;
    Checks.check(
        factors >= 0 && factors <= MOST_FACTORS,
        "wants logits, labels and up to " + MOST_FACTORS + " factors");
    TensorSpec logits = inputs.get(0);
    Checks.oneFloat(List.of(logits));
    TensorSpec wide = new TensorSpec(DType.FLOAT32, logits.shape());
    TensorSpec loss = root.infer(List.of(wide, inputs.get(1))).get(0);
    Checks.floats(inputs.subList(FACTORS, inputs.size()));
    for (TensorSpec factor : inputs.subList(FACTORS, inputs.size())) {
      long elements = factor.shape().elements();
      Checks.check(
          elements == 1 || elements == loss.shape().elements(),
          "a factor must have 1 element or one a row, is " + factor);
    }
    List<TensorSpec> outputs = new ArrayList<>(List.of(loss, logits));
    ranking.ifPresent(r -> outputs.add(loss));
    return outputs;
  }

  @Override
  public String label() {
    return root.label() + " + MULTIPLY" + ranking.map(r -> " + " + r.label()).orElse("");
  }
}
