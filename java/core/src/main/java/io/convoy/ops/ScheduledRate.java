// SPDX-License-Identifier: Apache-2.0
package io.convoy.ops;

import io.convoy.schedules.Schedule;
import io.convoy.tensor.DType;
import io.convoy.tensor.TensorSpec;
import java.util.List;

/**
 * The learning rate of a step: base rate times the schedule's factor.
 *
 * <p>Inputs: base rate FLOAT32 {@code []}, iterations INT32 {@code []}. Output: FLOAT32 {@code []}.
 *
 * @param schedule the factor as a function of iterations
 */
public record ScheduledRate(Schedule schedule) implements Op {
  @Override
  public List<TensorSpec> infer(List<TensorSpec> inputs) {
    Checks.count(inputs, 2);
    Checks.dtype(inputs, 0, DType.FLOAT32);
    Checks.dtype(inputs, 1, DType.INT32);
    Checks.rank(inputs, 0, 0, "a scalar");
    Checks.rank(inputs, 1, 0, "a scalar");
    return Checks.f32();
  }
}
