// SPDX-License-Identifier: Apache-2.0
package io.convoy.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.data.ArrayDataset;
import io.convoy.losses.Losses;
import io.convoy.model.CompileOptions;
import io.convoy.model.FitOptions;
import io.convoy.model.Model;
import io.convoy.optimizers.Optimizers;
import io.convoy.tensor.Shape;
import io.convoy.tensor.Tensor;
import io.convoy.zoo.Zoo;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One network of each published kind takes whole training steps and predicts. */
class ZooTrainsTest {
  /** The least that AlexNet takes; residual networks begin with ImageNet's stem. */
  private static final Shape IMAGE = Shape.of(67, 67, 3);

  private static final int CLASSES = 3;
  private static final int[] LABELS = {0, 1, 2, 1};

  @ParameterizedTest
  @ValueSource(strings = {"alexnet", "vgg11", "resnet18", "resnet50", "mobilenet"})
  void trainsAndPredicts(String name) {
    float[] pixels = noise(LABELS.length);
    ArrayDataset data = new ArrayDataset(IMAGE, CLASSES, pixels, LABELS);
    try (Model model =
        Zoo.byName(name, IMAGE, CLASSES)
            .compile(
                Optimizers.sgd(1e-3),
                Losses.SPARSE_CATEGORICAL_CROSSENTROPY,
                List.of(),
                CompileOptions.defaults().device("cpu"))) {
      double loss =
          model.fit(data, FitOptions.epochs(2).batchSize(2)).epochs().get(1).training().loss();
      assertTrue(Double.isFinite(loss) && loss > 0, "loss " + loss);
      float[] predicted = model.predict(Tensor.of(pixels, LABELS.length, 67, 67, 3)).floats();
      assertEquals(LABELS.length * CLASSES, predicted.length);
      for (int i = 0; i < predicted.length; i += CLASSES) {
        assertEquals(1, predicted[i] + predicted[i + 1] + predicted[i + 2], 1e-5, "row of " + i);
      }
    }
  }

  private static float[] noise(int images) {
    float[] pixels = new float[images * (int) IMAGE.elements()];
    Random random = new Random(1);
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (float) random.nextGaussian();
    }
    return pixels;
  }
}
