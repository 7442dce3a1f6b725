// SPDX-License-Identifier: Apache-2.0
package io.convoy.testkit;

import io.convoy.graph.Value;
import io.convoy.ops.Activate;
import io.convoy.ops.Activation;
import io.convoy.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Temporaries that are made before the ops under test and read after them, so that they lie among
 * the ops' outputs in the arena: a write beyond an output changes one.
 */
final class Guards {
  /** Odd, small and large, so that some stand before and some behind outputs of any size. */
  private static final int[] SIZES = {1, 31, 257, 4099};

  private final Map<Value, Tensor> expected = new LinkedHashMap<>();

  Guards(Scene scene) {
    for (int size : SIZES) {
      Value source = scene.fixed(Data.uniform(1, 2), size);
      Activation copy = Activation.linear(1, 0);
      expected.put(scene.op(new Activate(copy), source).get(0), scene.feeds().get(source));
    }
  }

  List<Value> fetches() {
    return new ArrayList<>(expected.keySet());
  }

  Tensor expected(Value guard) {
    return expected.get(guard);
  }
}
