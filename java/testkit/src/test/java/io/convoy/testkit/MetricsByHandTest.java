// SPDX-License-Identifier: Apache-2.0
package io.convoy.testkit;

import static io.convoy.metrics.Metrics.MEAN_ABSOLUTE_ERROR;
import static io.convoy.metrics.Metrics.MEAN_SQUARED_ERROR;
import static io.convoy.session.Feed.feed;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.backend.Devices;
import io.convoy.graph.Graph;
import io.convoy.graph.Value;
import io.convoy.metrics.Metric;
import io.convoy.metrics.Metrics;
import io.convoy.session.Session;
import io.convoy.tensor.DType;
import io.convoy.tensor.Shape;
import io.convoy.tensor.Tensor;
import org.junit.jupiter.api.Test;

class MetricsByHandTest {
  private static final float[] LABELS = {1, 0, 2, 0, 0, 1, -1, 4};
  private static final float[] PREDICTIONS = {1.5f, -1, 2, 3, 0, 1, 1, 3.5f};

  private static float[] perInstance(Metric metric, Shape instance, int... batch) {
    Graph graph = new Graph();
    Value labels = graph.placeholder("labels", DType.FLOAT32, instance.batched());
    Value predictions = graph.placeholder("predictions", DType.FLOAT32, instance.batched());
    Value result = metric.perInstance(labels, predictions);
    try (Session session = new Session(graph, Devices.open("reference").backend())) {
      return session
          .run(
              result,
              feed(labels, Tensor.of(LABELS, batch)),
              feed(predictions, Tensor.of(PREDICTIONS, batch)))
          .floats();
    }
  }

  @Test
  void meanSquaredErrorIsTheMeanOverAnInstancesOutputs() {
    float[] expected = {(0.25f + 1 + 0 + 9) / 4, (0 + 0 + 4 + 0.25f) / 4};
    assertArrayEquals(expected, perInstance(MEAN_SQUARED_ERROR, Shape.of(4), 2, 4));
    assertArrayEquals(expected, perInstance(MEAN_SQUARED_ERROR, Shape.of(2, 2), 2, 2, 2));
  }

  @Test
  void meanAbsoluteErrorIsTheMeanOverAnInstancesOutputs() {
    float[] expected = {(0.5f + 1 + 0 + 3) / 4, (0 + 0 + 2 + 0.5f) / 4};
    assertArrayEquals(expected, perInstance(MEAN_ABSOLUTE_ERROR, Shape.of(4), 2, 4));
    assertArrayEquals(expected, perInstance(MEAN_ABSOLUTE_ERROR, Shape.of(2, 2), 2, 2, 2));
  }

  @Test
  void errorsAreToFallAndAreFoundByName() {
    assertFalse(MEAN_SQUARED_ERROR.higherIsBetter());
    assertFalse(MEAN_ABSOLUTE_ERROR.higherIsBetter());
    assertSame(MEAN_SQUARED_ERROR, Metrics.byName("mean_squared_error"));
    assertSame(MEAN_ABSOLUTE_ERROR, Metrics.byName("mean_absolute_error"));
    assertSame(Metrics.ACCURACY, Metrics.byName("accuracy"));
    assertEquals(Metrics.topKAccuracy(5), Metrics.byName("top_5_accuracy"));
    assertRefused(() -> Metrics.byName("mse"), "'mse' is unknown", "mean_squared_error");
  }

  @Test
  void classNumbersAreNoDenseLabels() {
    Graph graph = new Graph();
    Value labels = graph.placeholder("labels", DType.INT32, Shape.of(-1));
    Value predictions = graph.placeholder("predictions", DType.FLOAT32, Shape.of(-1, 3));
    assertRefused(
        () -> MEAN_ABSOLUTE_ERROR.perInstance(labels, predictions),
        "mean_absolute_error wants labels like the predictions",
        "INT32 [?]",
        "loss of dense labels");
  }

  @Test
  void moreThanAllClassesCantBeTheTop() {
    Graph graph = new Graph();
    Value labels = graph.placeholder("labels", DType.INT32, Shape.of(-1));
    Value predictions = graph.placeholder("predictions", DType.FLOAT32, Shape.of(-1, 3));
    assertEquals(Shape.of(-1), Metrics.topKAccuracy(3).perInstance(labels, predictions).shape());
    assertRefused(
        () -> Metrics.topKAccuracy(4).perInstance(labels, predictions),
        "top_4_accuracy wants at least 4 classes, the network has 3");
  }

  private static void assertRefused(Runnable call, String... texts) {
    String message = assertThrows(IllegalArgumentException.class, call::run).getMessage();
    for (String text : texts) {
      assertTrue(message.contains(text), message);
    }
  }
}
