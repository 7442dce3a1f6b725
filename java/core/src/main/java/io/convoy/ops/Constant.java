// SPDX-License-Identifier: Apache-2.0
package io.convoy.ops;

import io.convoy.tensor.Tensor;
import io.convoy.tensor.TensorSpec;
import java.util.List;

/**
 * A value that never changes.
 *
 * @param value the value; not to be written any more
 */
public record Constant(Tensor value) implements Op {
  @Override
  public List<TensorSpec> infer(List<TensorSpec> inputs) {
    Checks.count(inputs, 0);
    return List.of(value.spec());
  }
}
