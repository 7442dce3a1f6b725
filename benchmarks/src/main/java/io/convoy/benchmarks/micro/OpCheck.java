// SPDX-License-Identifier: Apache-2.0
package io.convoy.benchmarks.micro;

import io.convoy.backend.Devices;
import io.convoy.graph.Value;
import io.convoy.session.Session;
import io.convoy.session.Step;
import io.convoy.tensor.DType;
import io.convoy.tensor.Tensor;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Compares a scene's op at its full batch with the reference backend at a batch of two. The inputs
 * repeat every two rows, so rows must repeat as well, and sums over the batch must be so many times
 * as large.
 */
final class OpCheck {
  /** Of the largest element: float32 sums over a batch of images lose about three digits. */
  private static final double TOLERANCE = 2e-4;

  private OpCheck() {}

  /** What a run left: each result, then each variable that is no batch. */
  private record Results(List<Tensor> values, List<Boolean> summed) {}

  static void matchesReference(OpScene scene, String device) {
    Results expected = run(scene, SceneGraph.PERIOD, "reference");
    Results actual = run(scene, scene.batch(), device);
    for (int i = 0; i < expected.values().size(); i++) {
      double factor = expected.summed().get(i) ? (double) scene.batch() / SceneGraph.PERIOD : 1;
      compare(scene, i, expected.values().get(i), actual.values().get(i), factor);
    }
  }

  private static Results run(OpScene scene, int batch, String device) {
    SceneGraph graph = new SceneGraph(batch);
    List<Tensor> values = new ArrayList<>();
    List<Boolean> summed = new ArrayList<>();
    try (Session session = new Session(graph.graph(), Devices.open(device).backend())) {
      List<OpScene.Made> made = scene.builder().apply(graph);
      graph.load(session);
      Step step = session.prepare(made.stream().map(OpScene.Made::value).toList(), Map.of());
      graph.feed(step);
      step.run();
      for (int i = 0; i < made.size(); i++) {
        if (made.get(i).value().dtype() == DType.FLOAT32) {
          Tensor value = Tensor.zeros(made.get(i).value().spec());
          value.bytes().put(0, step.output(i), 0, value.bytes().capacity());
          values.add(value);
          summed.add(made.get(i).summed());
        }
      }
      for (Value variable : graph.variables().keySet()) {
        values.add(session.read(variable));
        summed.add(false);
      }
    }
    return new Results(values, summed);
  }

  private static void compare(
      OpScene scene, int result, Tensor expected, Tensor actual, double factor) {
    FloatBuffer wanted = expected.floatBuffer();
    FloatBuffer got = actual.floatBuffer();
    double largest = 0;
    for (int i = 0; i < wanted.capacity(); i++) {
      largest = Math.max(largest, Math.abs(wanted.get(i)));
    }
    for (int i = 0; i < got.capacity(); i++) {
      double want = factor * wanted.get(i % wanted.capacity());
      if (!(Math.abs(want - got.get(i)) <= TOLERANCE * factor * largest)) {
        throw new IllegalStateException(
            scene.name()
                + ": element "
                + i
                + " of result "
                + result
                + " "
                + actual.spec()
                + " is "
                + got.get(i)
                + ", the reference says "
                + want);
      }
    }
  }
}
