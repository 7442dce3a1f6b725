// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.backend.BackendException;
import io.convoy.graph.Graph;
import io.convoy.graph.Value;
import io.convoy.nn.Nn;
import io.convoy.session.Session;
import io.convoy.tensor.DType;
import io.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A plan that does not fit. */
class OutOfMemoryTest {
  @Test
  void saysWhatNeedsTheMemoryAndLeavesNothing() {
    Graph graph = new Graph(1);
    Value x = graph.placeholder("x", DType.FLOAT32, Shape.of(-1, 100));
    Value y = Nn.sigmoid(Nn.add(Nn.relu(x), Nn.reduceMean(x)));
    CudaBackend small = new CudaBackend(new PlanningGpu(100_000, new ArrayList<>()));
    try (Session session = new Session(graph, small)) {
      Map<Value, Shape> large = Map.of(x, Shape.of(1000, 100));
      BackendException e =
          assertThrows(BackendException.class, () -> session.prepare(List.of(y), large));
      // 3 tensors of 400 bytes an instance at a time
      assertTrue(
          e.getMessage().contains("batch of 1000, one of about 83 would fit"), e.getMessage());
      assertTrue(e.getMessage().contains("400000 B"), e.getMessage());
      session.prepare(List.of(y), Map.of(x, Shape.of(10, 100))); // goes on
    }
  }
}
