// SPDX-License-Identifier: Apache-2.0
package io.convoy.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.convoy.model.FitOptions;
import io.convoy.model.Model;
import io.convoy.optimizers.Optimizers;
import io.convoy.tensor.Tensor;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A model is one thread's, but several live in one process and share data sets. */
class TwoModelsTest {
  private static Map<String, Tensor> train(double rate, String device, CountDownLatch start)
      throws InterruptedException {
    try (Model model = SmallFit.compile(Optimizers.adam(rate), device)) {
      start.countDown();
      start.await();
      model.fit(SmallFit.DATA, FitOptions.epochs(40).batchSize(7).validationSplit(0.1));
      return model.weights();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"reference", "cpu"})
  void thatAreTrainedAtOnceEndAsEachAlone(String device)
      throws InterruptedException, ExecutionException {
    CountDownLatch both = new CountDownLatch(2);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      Future<Map<String, Tensor>> first = threads.submit(() -> train(1e-2, device, both));
      Future<Map<String, Tensor>> second = threads.submit(() -> train(1e-3, device, both));
      assertSame(train(1e-2, device, new CountDownLatch(1)), first.get());
      assertSame(train(1e-3, device, new CountDownLatch(1)), second.get());
    } finally {
      threads.shutdownNow();
    }
  }

  private static void assertSame(Map<String, Tensor> expected, Map<String, Tensor> actual) {
    assertEquals(expected.keySet(), actual.keySet());
    expected.forEach((name, w) -> assertEquals(w.bytes(), actual.get(name).bytes(), name));
  }
}
