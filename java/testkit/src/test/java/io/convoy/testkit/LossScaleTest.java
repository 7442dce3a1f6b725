// SPDX-License-Identifier: Apache-2.0
package io.convoy.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.convoy.backend.Devices;
import io.convoy.compile.Precision;
import io.convoy.graph.Graph;
import io.convoy.graph.Value;
import io.convoy.initializers.Initializer;
import io.convoy.nn.Nn;
import io.convoy.optimizers.LossScale;
import io.convoy.optimizers.Optimizers;
import io.convoy.session.Feed;
import io.convoy.session.Session;
import io.convoy.tensor.DType;
import io.convoy.tensor.Shape;
import io.convoy.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** A scale that moves by itself, on a graph whose gradient is known: 1, for the loss w x, x = 1. */
class LossScaleTest {
  private static final float RATE = 0.25f;

  private final Graph graph = new Graph();
  private final Value x = graph.placeholder("x", DType.FLOAT32, Shape.of(1, 1));
  private final Value w = graph.variable("w", Shape.of(1, 1), Initializer.constant(1));
  private final Value loss = Nn.reduceSum(Nn.matmul(x, w));
  private final Value step =
      Optimizers.sgd(RATE).lossScale(new LossScale(1 << 16, 2)).minimize(loss);

  /** In FLOAT16 the gradient of the product times 2^16 is infinite. */
  @Test
  void aStepThatOverflowsIsSkippedAndHalvesTheScale() {
    try (Session session =
        new Session(graph, Devices.open("reference").backend(), Precision.FP16)) {
      run(session);
      assertState(session, 1, 1 << 15, 0, 0);
      run(session);
      assertState(session, 1 - RATE, 1 << 15, 1, 1);
      run(session);
      assertState(session, 1 - 2 * RATE, 1 << 16, 0, 2); // grows after two good ones
      run(session);
      assertState(session, 1 - 2 * RATE, 1 << 15, 0, 2);
    }
  }

  private void run(Session session) {
    session.run(step, new Feed(x, Tensor.of(new float[] {1}, 1, 1)));
  }

  private void assertState(
      Session session, float weight, float scale, float goodSteps, int iterations) {
    assertEquals(weight, session.read(w).item());
    assertEquals(scale, read(session, LossScale.SCALE));
    assertEquals(goodSteps, read(session, LossScale.GOOD_STEPS));
    assertEquals(iterations, session.read(graph.iterations()).ints()[0]);
  }

  private float read(Session session, String name) {
    Value variable =
        graph.variables().stream().filter(v -> v.name().equals(name)).findFirst().orElseThrow();
    return session.read(variable).item();
  }

  @Test
  void scalesThatCostDigitsAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new LossScale(1000, 2000));
    assertThrows(IllegalArgumentException.class, () -> new LossScale(Float.NaN, 2000));
    assertThrows(IllegalArgumentException.class, () -> new LossScale(1024, 0));
  }
}
