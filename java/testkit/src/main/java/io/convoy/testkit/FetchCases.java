// SPDX-License-Identifier: Apache-2.0
package io.convoy.testkit;

import io.convoy.graph.Value;
import io.convoy.nn.Nn;
import io.convoy.tensor.Shape;
import io.convoy.tensor.Tensor;
import java.util.List;

/** What can be fetched besides the results of ops, and results fetched in unusual ways. */
final class FetchCases {
  private FetchCases() {}

  static List<OpCase> all() {
    return List.of(
        OpCase.of(
            "fetch/placeholder, constant and variable without any op",
            Tolerance.exact(),
            s -> {
              Value constant = s.graph().constant("constant", Tensor.of(new float[] {1, 2, 3}, 3));
              Value labels = s.integers(new int[] {7, -7, Integer.MAX_VALUE}, 3);
              return List.of(s.fixed(Data.UNIT, 5), constant, labels, s.variable(Data.UNIT, 2, 3));
            }),
        OpCase.of(
            "fetch/one value twice, and under another shape",
            Tolerance.exact(),
            s -> {
              Value y = Nn.relu(s.fixed(Data.UNIT, 2, 6));
              return List.of(y, y, Nn.reshape(y, Shape.of(12)), Nn.reshape(y, Shape.of(3, 4)));
            }),
        OpCase.of(
                "fetch/a variable as the run leaves it",
                Tolerance.elementwise(),
                s -> {
                  Value v = s.variable(Data.UNIT, 9);
                  return List.of(v, Nn.assignAdd(v, s.fixed(Data.UNIT, 9)));
                })
            .runs(3),
        OpCase.of(
            "fetch/what other ops read too",
            Tolerance.elementwise(),
            s -> {
              Value y = Nn.tanh(s.fixed(Data.UNIT, 33));
              Value z = Nn.relu(y);
              return List.of(y, Nn.scale(z, 2), z, Nn.add(y, z));
            }));
  }
}
