// SPDX-License-Identifier: Apache-2.0
package io.convoy.ops;

import io.convoy.tensor.DType;
import io.convoy.tensor.TensorSpec;
import java.util.List;

/**
 * A number drawn from a distribution that is given by its quantiles, by inversion: without
 * rejection, which a rounding error could decide otherwise on another device.
 *
 * <p>Inputs: quantiles FLOAT32 {@code [K]}, the i-th that of i / (K - 1), K at least 2; iterations
 * INT32 {@code []}. Output: FLOAT32 {@code []}.
 *
 * <p>With u = (K - 1) times word 0 of {@link io.convoy.random.Philox} block 0 in {@code (stream,
 * iterations)} as a number in [0, 1), and i = floor(u): quantiles[i] + (u - i) (quantiles[i + 1] -
 * quantiles[i]).
 *
 * @param seed Philox key
 * @param stream Philox stream
 */
public record RandomQuantile(long seed, int stream) implements Op {
  @Override
  public List<TensorSpec> infer(List<TensorSpec> inputs) {
    Checks.count(inputs, 2);
    Checks.dtype(inputs, 0, DType.FLOAT32);
    Checks.dtype(inputs, 1, DType.INT32);
    int count = Checks.rank(inputs, 0, 1, "[quantiles]").dim(0);
    Checks.check(count >= 2, "a distribution takes at least 2 quantiles, has " + count);
    return Checks.f32();
  }
}
