// SPDX-License-Identifier: Apache-2.0
package io.convoy.compile;

import io.convoy.ops.Op;
import io.convoy.tensor.TensorSpec;
import java.util.List;
import java.util.Optional;

/** What a backend can do. Asked while compiling: for every op, and before ops are fused. */
@FunctionalInterface
public interface Support {
  /**
   * Tells why an op can't run.
   *
   * @param op the op
   * @param inputs its inputs' specs, without open dimensions
   * @return the reason, or empty if it can run
   */
  Optional<String> refuses(Op op, List<TensorSpec> inputs);

  /**
   * Tells why a precision can't be had.
   *
   * @param precision the precision
   * @return the reason and what would help, or empty if it can be had; unless a backend says
   *     otherwise, FP32 alone can
   */
  default Optional<String> refuses(Precision precision) {
    return precision == Precision.FP32
        ? Optional.empty()
        : Optional.of("it computes in fp32 alone. Use fp32, or a GPU (device cuda)");
  }
}
