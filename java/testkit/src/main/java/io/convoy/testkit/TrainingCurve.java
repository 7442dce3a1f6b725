// SPDX-License-Identifier: Apache-2.0
package io.convoy.testkit;

import io.convoy.data.Dataset;
import io.convoy.data.ImageDataset;
import io.convoy.losses.Losses;
import io.convoy.model.CompileOptions;
import io.convoy.model.FitOptions;
import io.convoy.model.Model;
import io.convoy.optimizers.Optimizer;
import io.convoy.optimizers.Optimizers;
import io.convoy.tensor.Shape;
import io.convoy.zoo.Zoo;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * The losses of a known net's first 50 steps on drawn images, recorded from the CPU backend. Every
 * backend follows them in fp32 to within {@link #TOLERANCE}.
 *
 * <p>Plain SGD with small rates: Adam's first steps divide a gradient by its own size, momentum and
 * larger rates add up what rounding began, and then even two instruction sets of one processor part
 * ways within 50 steps. With these they stay within 7e-5 of each other (AVX2 and AVX-512).
 */
public enum TrainingCurve {
  /** The workshop's net, 32 images of 28x28x1 a step. */
  WORKSHOP(Shape.of(28, 28, 1), 32, Optimizers.sgd(0.03)),
  /** ResNet-18, 16 images of 32x32x3 a step. */
  RESNET18(Shape.of(32, 32, 3), 16, Optimizers.sgd(2e-4));

  /** How far a loss may be from the recorded one, as a share of it. */
  public static final double TOLERANCE = 1e-4;

  private static final int CLASSES = 10;
  private static final int STEPS = 50;
  private static final long SEED = 17;

  private final Shape image;
  private final int batch;
  private final Optimizer optimizer;

  TrainingCurve(Shape image, int batch, Optimizer optimizer) {
    this.image = image;
    this.batch = batch;
    this.optimizer = optimizer;
  }

  /**
   * Trains the net.
   *
   * @param device what {@code --device} takes
   * @return the loss of each step
   */
  public double[] losses(String device) {
    Dataset data = draw();
    double[] losses = new double[STEPS];
    try (Model model = compile(device)) {
      for (int i = 0; i < STEPS; i++) {
        Dataset one = data.range(i * batch, (i + 1) * batch);
        FitOptions once = FitOptions.epochs(1).batchSize(batch);
        losses[i] = model.fit(one, once).epochs().get(0).training().loss();
      }
    }
    return losses;
  }

  private Model compile(String device) {
    return Zoo.byName(id(), image, CLASSES)
        .compile(
            optimizer,
            Losses.SPARSE_CATEGORICAL_CROSSENTROPY,
            List.of(),
            CompileOptions.defaults().device(device).seed(SEED));
  }

  /** Each class's own pattern under noise. */
  private Dataset draw() {
    SplittableRandom random = new SplittableRandom(SEED);
    int pixels = Math.toIntExact(image.elements());
    int[] patterns = random.ints((long) CLASSES * pixels, 0, 192).toArray();
    byte[] images = new byte[STEPS * batch * pixels];
    int[] labels = random.ints((long) STEPS * batch, 0, CLASSES).toArray();
    for (int i = 0; i < images.length; i++) {
      images[i] = (byte) (patterns[labels[i / pixels] * pixels + i % pixels] + random.nextInt(64));
    }
    return new ImageDataset(image, CLASSES, images, labels);
  }

  /**
   * Reads the record.
   *
   * @return the losses that the CPU backend made
   * @throws IOException if it can't be read
   */
  public double[] recorded() throws IOException {
    try (InputStream in = TrainingCurve.class.getResourceAsStream("curves/" + id() + ".txt")) {
      String text = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
      return text.lines().mapToDouble(Double::parseDouble).toArray();
    }
  }

  private String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
