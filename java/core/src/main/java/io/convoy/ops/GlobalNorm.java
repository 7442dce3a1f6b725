// SPDX-License-Identifier: Apache-2.0
package io.convoy.ops;

import io.convoy.tensor.TensorSpec;
import java.util.List;

/**
 * The Euclidean norm of all elements of all inputs together.
 *
 * <p>Inputs: one or more tensors. Output: FLOAT32 {@code []}.
 */
public record GlobalNorm() implements Op {
  @Override
  public List<TensorSpec> infer(List<TensorSpec> inputs) {
    Checks.check(!inputs.isEmpty(), "wants at least one input");
    Checks.floats(inputs);
    return Checks.f32();
  }
}
