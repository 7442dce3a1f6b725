// SPDX-License-Identifier: Apache-2.0
package io.convoy.ops;

import io.convoy.tensor.TensorSpec;
import java.util.List;

/**
 * Local response normalisation across channels (Krizhevsky et al. 2012, section 3.3), as {@code
 * tf.nn.local_response_normalization} computes it: y[c] = x[c] / s[c]^beta with s[c] = bias + alpha
 * (sum of x[k]^2 over |k - c| at most depthRadius). Channels beyond the ends count as 0.
 *
 * <p>Input: x {@code [N,H,W,C]}. Output: y of x's shape.
 *
 * @param depthRadius neighbours to each side, in channels; at least 0
 * @param bias above 0, so that s is
 * @param alpha factor of the sum, at least 0; not divided by the number of channels in the sum
 * @param beta exponent, above 0
 */
public record LocalResponseNormalization(int depthRadius, float bias, float alpha, float beta)
    implements Op {
  /**
   * Checks the numbers.
   *
   * @param depthRadius the component
   * @param bias the component
   * @param alpha the component
   * @param beta the component
   */
  public LocalResponseNormalization {
    Checks.check(depthRadius >= 0, "the depth radius must not be negative, is " + depthRadius);
    Checks.check(bias > 0, "bias must be positive, is " + bias);
    Checks.check(alpha >= 0, "alpha must not be negative, is " + alpha);
    Checks.check(beta > 0, "beta must be positive, is " + beta);
  }

  /**
   * Limits the depth radius, which changes no result: no neighbour is further away.
   *
   * @param channels C
   * @return the radius that reaches every channel from every other, if this one reaches further
   */
  public int depthRadius(int channels) {
    return Math.min(depthRadius, channels - 1);
  }

  @Override
  public List<TensorSpec> infer(List<TensorSpec> inputs) {
    Checks.count(inputs, 1);
    Checks.oneFloat(inputs);
    Checks.rank(inputs, 0, 4, "an image [N,H,W,C]");
    return inputs;
  }
}
