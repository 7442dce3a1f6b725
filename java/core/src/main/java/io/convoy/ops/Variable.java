// SPDX-License-Identifier: Apache-2.0
package io.convoy.ops;

import io.convoy.initializers.Initializer;
import io.convoy.tensor.TensorSpec;
import java.util.List;

/**
 * A value that lasts between runs and that updates change. All ops of a run read it as it was when
 * the run began; updates come last.
 *
 * @param spec type and shape
 * @param initializer its first value
 * @param stream the Philox stream of its first value, 0 if not random
 * @param trainable whether optimizers update it by default
 */
public record Variable(TensorSpec spec, Initializer initializer, int stream, boolean trainable)
    implements Op {
  @Override
  public List<TensorSpec> infer(List<TensorSpec> inputs) {
    Checks.count(inputs, 0);
    return List.of(spec);
  }
}
