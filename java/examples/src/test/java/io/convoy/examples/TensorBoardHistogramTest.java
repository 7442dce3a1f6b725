// SPDX-License-Identifier: Apache-2.0
package io.convoy.examples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.callbacks.Callback;
import io.convoy.callbacks.Fit;
import io.convoy.model.EpochResult;
import io.convoy.model.FitOptions;
import io.convoy.model.Model;
import io.convoy.optimizers.Optimizers;
import io.convoy.tensor.Tensor;
import io.convoy.tensorboard.TensorBoard;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.proto.Event;
import org.tensorflow.proto.HistogramProto;
import org.tensorflow.proto.Summary;

/** Histograms of weights, counted again bucket by bucket. */
class TensorBoardHistogramTest {
  private static final float[] CORNERS = {
    0, -0f, 1e-12f, 1e-13f, -1e-13f, 1e-30f, 1, 1.1f, -1, 1e20f, -1e20f, Float.MAX_VALUE, -3e38f
  };

  @TempDir Path folder;

  /** Puts values into the first elements of the convolution's kernel when an epoch ends. */
  private static Callback put(float... values) {
    return new Callback() {
      @Override
      public void onEpochEnd(Fit fit, EpochResult result) {
        Map<String, Tensor> weights = fit.model().weights();
        weights.get("conv2d/kernel").floatBuffer().put(0, values);
        fit.model().setWeights(weights);
      }
    };
  }

  @Test
  void eachWeightHasAHistogramAnEpoch() throws IOException {
    TensorBoard board = new TensorBoard(folder).histograms();
    try (Model model = SmallFit.compile(Optimizers.sgd(0.1), "cpu")) {
      model.fit(SmallFit.DATA, SmallFit.epochs(1, put(CORNERS), board));
      List<Event> events = EventReader.read(EventReader.files(folder.resolve("train")).get(0));
      assertEquals(4, model.weights().size());
      model
          .weights()
          .forEach(
              (name, weight) -> {
                Map<Long, Summary.Value> histograms = EventReader.values(events, name);
                assertEquals(1, histograms.size(), name);
                assertCounts(weight.floats(), histograms.get(1L).getHisto());
              });
    }
  }

  /** One step of gradient descent with rate 1 takes them away. */
  @ParameterizedTest
  @ValueSource(strings = {"cpu", "reference"})
  void gradientsAreWhatAStepGoesBy(String device) throws IOException {
    TensorBoard board = new TensorBoard(folder).gradients(SmallFit.DATA, 100);
    try (Model model = SmallFit.compile(Optimizers.sgd(1), device)) {
      Map<String, Tensor> before = model.weights();
      Map<String, Tensor> gradients = model.gradients(SmallFit.DATA, 40);
      assertEquals(before.keySet(), gradients.keySet());
      assertArrayEquals(
          before.get("dense/kernel").floats(), model.weights().get("dense/kernel").floats());
      FitOptions options = FitOptions.epochs(1).batchSize(40).shuffle(false);
      model.fit(SmallFit.DATA, options.callbacks(board));
      Map<String, Tensor> after = model.weights();
      gradients.forEach(
          (name, gradient) -> {
            for (int i = 0; i < gradient.floats().length; i++) {
              float moved = before.get(name).floats()[i] - after.get(name).floats()[i];
              assertEquals(moved, gradient.floats()[i], 1e-6f, name);
            }
          });
      Map<String, Tensor> last = model.gradients(SmallFit.DATA, 40);
      List<Event> events = EventReader.read(EventReader.files(folder.resolve("train")).get(0));
      for (String name : last.keySet()) {
        Summary.Value histogram = EventReader.values(events, "gradients/" + name).get(1L);
        assertCounts(last.get(name).floats(), histogram.getHisto());
      }
    }
  }

  private static void assertCounts(float[] values, HistogramProto histogram) {
    double sum = 0;
    double squares = 0;
    double min = values[0];
    double max = values[0];
    for (double value : values) {
      sum += value;
      squares += value * value;
      min = Math.min(min, value);
      max = Math.max(max, value);
    }
    assertEquals(values.length, histogram.getNum());
    assertEquals(sum, histogram.getSum());
    assertEquals(squares, histogram.getSumSquares());
    assertEquals(min, histogram.getMin());
    assertEquals(max, histogram.getMax());
    assertEquals(histogram.getBucketLimitCount(), histogram.getBucketCount());
    TreeSet<Double> limits = tensorFlowsLimits();
    double from = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < histogram.getBucketCount(); i++) {
      double to = histogram.getBucketLimit(i);
      assertTrue(limits.contains(to), () -> to + " is no limit of TensorFlow's");
      assertBucket(values, from, to, histogram.getBucket(i));
      if (histogram.getBucket(i) > 0) {
        assertEquals(i == 0 ? null : limits.lower(to), i == 0 ? null : from, "not a single bucket");
      } else {
        assertTrue(i == 0 || histogram.getBucket(i - 1) > 0, "two empty buckets in a row");
      }
      from = to;
    }
    assertEquals(Double.MAX_VALUE, from);
  }

  private static void assertBucket(float[] values, double from, double to, double count) {
    int expected = 0;
    for (double value : values) {
      expected += from <= value && value < to ? 1 : 0;
    }
    assertEquals(expected, count, "from " + from + " to " + to);
  }

  /** As histogram.cc says: from 1e-12 in steps of a tenth to 1e20. */
  private static TreeSet<Double> tensorFlowsLimits() {
    TreeSet<Double> limits = new TreeSet<>(List.of(0.0, Double.MAX_VALUE, -Double.MAX_VALUE));
    for (double v = 1e-12; v < 1e20; v *= 1.1) {
      limits.add(v);
      limits.add(-v);
    }
    assertEquals(1551, limits.size());
    return limits;
  }

  @Test
  void aWeightThatIsNotFiniteIsNamed() {
    for (float value : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
      TensorBoard board = new TensorBoard(folder).histograms();
      try (Model model = SmallFit.compile(Optimizers.sgd(0.1), "cpu")) {
        IllegalArgumentException e =
            assertThrows(
                IllegalArgumentException.class,
                () -> model.fit(SmallFit.DATA, SmallFit.epochs(1, put(1, value), board)));
        assertTrue(e.getMessage().contains("'conv2d/kernel'"), e.getMessage());
        assertTrue(e.getMessage().contains("element 1 is " + value), e.getMessage());
      }
    }
  }
}
