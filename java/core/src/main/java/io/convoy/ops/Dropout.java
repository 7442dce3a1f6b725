// SPDX-License-Identifier: Apache-2.0
package io.convoy.ops;

import io.convoy.tensor.DType;
import io.convoy.tensor.TensorSpec;
import java.util.List;

/**
 * Sets elements to 0 at random and scales the others by 1 / (1 - rate) (JMLR 15, Srivastava et al.
 * 2014, in its inverted form). Its gradient is the same op on dy: the mask is not stored but drawn
 * again.
 *
 * <p>Inputs: x of any shape, iterations INT32 {@code []}. Output: y of x's shape.
 *
 * <p>Element i (row-major) is dropped if lane i mod 8 of {@link io.convoy.random.Philox} block i /
 * 8 in {@code (stream, iterations)} is below {@link #threshold}. Lane l is the low half of word l /
 * 2 for even l, the high half for odd l, as an unsigned 16-bit number. So the rate has a resolution
 * of 2^-16, and {@link #scale} belongs to the rate that is used.
 *
 * @param rate the share of dropped elements, from 0 to below 1
 * @param seed Philox key
 * @param stream Philox stream
 */
public record Dropout(float rate, long seed, int stream) implements Op {
  /**
   * Checks the rate.
   *
   * @param rate the component
   * @param seed the component
   * @param stream the component
   */
  public Dropout {
    Checks.check(rate >= 0 && rate < 1, "rate must be in [0, 1), is " + rate);
  }

  @Override
  public List<TensorSpec> infer(List<TensorSpec> inputs) {
    Checks.count(inputs, 2);
    Checks.oneFloat(inputs.subList(0, 1));
    Checks.dtype(inputs, 1, DType.INT32);
    return inputs.subList(0, 1);
  }

  /**
   * Returns the bound of the 16-bit lanes.
   *
   * @return rate 2^16, rounded, at most 65535
   */
  public int threshold() {
    return Math.min(Math.round(rate * 65536f), 65535);
  }

  /**
   * Returns what kept elements are multiplied by.
   *
   * @return 65536 / (65536 - threshold)
   */
  public float scale() {
    return 65536f / (65536 - threshold());
  }

  @Override
  public String label() {
    return "Dropout " + rate;
  }
}
