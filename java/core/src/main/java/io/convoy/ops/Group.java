// SPDX-License-Identifier: Apache-2.0
package io.convoy.ops;

import io.convoy.tensor.TensorSpec;
import java.util.List;

/**
 * Does nothing but need its inputs: to fetch it is to fetch them all.
 *
 * <p>Inputs: any. Output: a token.
 */
public record Group() implements Op {
  @Override
  public List<TensorSpec> infer(List<TensorSpec> inputs) {
    return List.of(TensorSpec.TOKEN);
  }

  @Override
  public boolean readsData(int input) {
    return false;
  }
}
