// SPDX-License-Identifier: Apache-2.0
package io.convoy.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.backend.Devices;
import io.convoy.callbacks.Callback;
import io.convoy.callbacks.Fit;
import io.convoy.data.Dataset;
import io.convoy.data.Mnist;
import io.convoy.losses.Losses;
import io.convoy.model.CompileOptions;
import io.convoy.model.FitOptions;
import io.convoy.model.Model;
import io.convoy.optimizers.Optimizers;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The same network in Keras' and in TensorFlow's words follows one curve from one seed. */
class OneCurveTest {
  private static final int STEPS = 20;

  @Test
  void kerasAndTensorFlowWordsTrainToTheSameNumbers() throws IOException {
    Dataset data = Mnist.load().train().range(0, STEPS * 128);
    List<Float> tensorFlow = TensorFlowWords.train(data, 2, Devices.open("cpu").backend());
    List<Float> keras = keras(data, 2);
    assertEquals(2 * STEPS, keras.size());
    for (int i = 0; i < keras.size(); i++) {
      // Keras' loss is the difference of running sums in float: 2^-24 of up to 128 * 20 * 2.3.
      assertEquals(tensorFlow.get(i), keras.get(i), 1e-5, "step " + i);
    }
    assertTrue(keras.get(keras.size() - 1) < 0.5 * keras.get(0), "it learns: " + keras);
  }

  private static List<Float> keras(Dataset data, int epochs) {
    List<Float> losses = new ArrayList<>();
    Callback record =
        new Callback() {
          private double sumBefore;

          @Override
          public void onEpochBegin(Fit fit) {
            sumBefore = 0;
          }

          @Override
          public void onBatchEnd(Fit fit) {
            double sum = fit.loss() * fit.instances();
            losses.add((float) ((sum - sumBefore) / 128));
            sumBefore = sum;
          }
        };
    try (Model model =
        KerasWords.network()
            .compile(
                Optimizers.adam(1e-3),
                Losses.SPARSE_CATEGORICAL_CROSSENTROPY,
                List.of(),
                CompileOptions.defaults().device("cpu"))) {
      model.fit(data, FitOptions.epochs(epochs).batchSize(128).callbacks(record));
    }
    return losses;
  }
}
