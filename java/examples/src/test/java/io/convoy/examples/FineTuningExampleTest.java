// SPDX-License-Identifier: Apache-2.0
package io.convoy.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.data.ArrayDataset;
import io.convoy.data.Dataset;
import io.convoy.losses.Losses;
import io.convoy.metrics.Metrics;
import io.convoy.model.History;
import io.convoy.model.Model;
import io.convoy.optimizers.Optimizers;
import io.convoy.tensor.Shape;
import io.convoy.zoo.Zoo;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FineTuningExampleTest {
  @TempDir Path folder;

  /** Grey images whose brightness is their class. */
  private static Dataset brightness(int classes) {
    float[] pixels = new float[40 * 16 * 16];
    int[] labels = new int[40];
    for (int i = 0; i < pixels.length; i++) {
      labels[i / 256] = i / 256 % classes;
      pixels[i] = (i / 256 % classes + i % 3 * 0.1f) / classes;
    }
    return new ArrayDataset(Shape.of(16, 16, 1), classes, pixels, labels);
  }

  @Test
  void aHeadForOtherClassesIsTrained() throws IOException {
    Path saved = folder.resolve("m.safetensors");
    try (Model model =
        Zoo.byName("mobilenet", Shape.of(16, 16, 1), 2)
            .compile(
                Optimizers.adam(1e-3), Losses.SPARSE_CATEGORICAL_CROSSENTROPY, Metrics.ACCURACY)) {
      model.save(saved);
    }
    History history = FineTuning.train("mobilenet", saved, brightness(4), 2);
    assertEquals(5, history.epochs().size());
    double first = history.epochs().get(0).training().loss();
    double last = history.epochs().get(4).training().loss();
    assertTrue(last < first, first + " to " + last);
  }
}
