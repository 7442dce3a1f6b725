// SPDX-License-Identifier: Apache-2.0
package io.convoy.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import io.convoy.callbacks.Callback;
import io.convoy.callbacks.Fit;
import io.convoy.data.Dataset;
import io.convoy.data.Mnist;
import io.convoy.losses.Losses;
import io.convoy.metrics.Metric;
import io.convoy.metrics.Metrics;
import io.convoy.model.CompileOptions;
import io.convoy.model.FitOptions;
import io.convoy.model.Model;
import io.convoy.model.Network;
import io.convoy.optimizers.Optimizers;
import io.convoy.tensor.Shape;
import io.convoy.zoo.Zoo;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A hundred training steps, data and metrics included, allocate nothing on the heap. Three windows
 * of a hundred are looked at, and the best one counts: the just-in-time compiler may, once, put an
 * object on the heap that it had kept in registers, while a step that allocates does so in each.
 */
class SteadyStateTest {
  private static final int WARM_UP = 50;
  private static final int WINDOW = 100;
  private static final int WINDOWS = 3;
  private static final int BATCH = 32;

  @ParameterizedTest
  @ValueSource(strings = {"workshop", "lenet5", "mlp"})
  void stepsAllocateNothing(String name) throws IOException {
    assertNothingIsAllocated(
        digits(name), FitOptions.epochs(1).batchSize(BATCH), List.of(Metrics.ACCURACY));
  }

  @Test
  void norDoWeightedStepsOfSeveralBatches() throws IOException {
    FitOptions options =
        FitOptions.epochs(1).batchSize(BATCH / 4).accumulate(4).classWeight(Map.of(1, 0.5));
    assertNothingIsAllocated(digits("mlp"), options, List.of(Metrics.F1_SCORE, Metrics.AUC));
  }

  @Test
  void augmentedStepsAllocateNothing() throws IOException {
    FitOptions options = FitOptions.epochs(1).batchSize(BATCH);
    assertNothingIsAllocated(AugmentedFit.digits(), options, List.of(Metrics.ACCURACY));
  }

  private static Network digits(String name) {
    return Zoo.byName(name, Shape.of(28, 28, 1), 10);
  }

  private static void assertNothingIsAllocated(
      Network network, FitOptions options, List<Metric> metrics) throws IOException {
    Dataset data = Mnist.load().train().range(0, (WARM_UP + WINDOWS * WINDOW) * BATCH);
    Allocation allocation = new Allocation();
    try (Model model =
        network.compile(
            Optimizers.adam(1e-3),
            Losses.SPARSE_CATEGORICAL_CROSSENTROPY,
            metrics,
            CompileOptions.defaults().device("cpu"))) {
      model.fit(data, options.callbacks(allocation));
    }
    assertEquals(0, allocation.least, "bytes in " + WINDOW + " steps");
  }

  /** Reads the thread's allocation counter after the warm-up and after each window. */
  private static final class Allocation implements Callback {
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final long thread = Thread.currentThread().getId();
    private long before;
    private long least = Long.MAX_VALUE;

    @Override
    public void onBatchEnd(Fit fit) {
      int measured = fit.step() - WARM_UP;
      if (measured >= 0 && measured % WINDOW == 0) {
        long now = threads.getThreadAllocatedBytes(thread);
        if (measured > 0) {
          least = Math.min(least, now - before);
        }
        before = threads.getThreadAllocatedBytes(thread);
      }
    }
  }
}
