// SPDX-License-Identifier: Apache-2.0
package io.convoy.ops;

import io.convoy.tensor.TensorSpec;
import java.util.List;

/**
 * A value that is fed at every run.
 *
 * @param spec type and shape; the first dimension may be open
 */
public record Placeholder(TensorSpec spec) implements Op {
  @Override
  public List<TensorSpec> infer(List<TensorSpec> inputs) {
    Checks.count(inputs, 0);
    return List.of(spec);
  }
}
