// SPDX-License-Identifier: Apache-2.0
package io.convoy.benchmarks.process;

import com.google.gson.Gson;
import io.convoy.callbacks.Callback;
import io.convoy.callbacks.Fit;
import io.convoy.compile.Precision;
import io.convoy.contest.Contest;
import io.convoy.data.ImageDataset;
import io.convoy.losses.Losses;
import io.convoy.metrics.Metrics;
import io.convoy.model.CompileOptions;
import io.convoy.model.EpochResult;
import io.convoy.model.FitOptions;
import io.convoy.model.Model;
import io.convoy.optimizers.Optimizers;
import io.convoy.session.Step;
import io.convoy.tensor.Shape;
import io.convoy.zoo.Zoo;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Convoy in the race: epochs through {@code fit} and {@code evaluate}, timed one by one. {@code
 * benchmarks/peers/pytorch/race.py} is its twin.
 */
public final class Racer {
  private static final int CLASSES = 10;
  private static final double RATE = 1e-3;

  /** Share of an image that its class decides; the rest is noise. */
  private static final double SIGNAL = 0.7;

  /** How far the loss must be below that of guessing before anything is timed. */
  private static final double LEARNED = 0.7 * Math.log(CLASSES);

  private static final int MOST_EPOCHS = 20;
  private static final int LEAST_SAMPLES = 3;

  private final Map<String, String> options;
  private final int batch;
  private final ImageDataset data;
  private final Model model;

  private Racer(Map<String, String> options) {
    this.options = options;
    this.batch = number("batch");
    Shape image = Shape.of(number("side"), number("side"), number("channels"));
    this.data = draw(image, number("images"));
    this.model =
        Zoo.byName(options.get("net"), image, CLASSES)
            .compile(
                Optimizers.adam(RATE),
                Losses.SPARSE_CATEGORICAL_CROSSENTROPY,
                List.of(Metrics.ACCURACY),
                CompileOptions.defaults()
                    .device(options.get("device"))
                    .precision(Precision.of(options.get("precision"))));
  }

  /**
   * Takes part.
   *
   * @param args as {@code race.py} takes them
   */
  public static void main(String[] args) {
    new Racer(Contest.options(args)).run();
  }

  private int number(String option) {
    return Integer.parseInt(options.get(option));
  }

  private static ImageDataset draw(Shape image, int count) {
    SplittableRandom random = new SplittableRandom(20);
    int size = Math.toIntExact(image.elements());
    double[][] patterns = new double[CLASSES][];
    for (int c = 0; c < CLASSES; c++) {
      patterns[c] = random.doubles(size).toArray();
    }
    byte[] pixels = new byte[count * size];
    int[] labels = new int[count];
    for (int n = 0; n < count; n++) {
      labels[n] = random.nextInt(CLASSES);
      for (int i = 0; i < size; i++) {
        double value = SIGNAL * patterns[labels[n]][i] + (1 - SIGNAL) * random.nextDouble();
        pixels[n * size + i] = (byte) (255 * value);
      }
    }
    return new ImageDataset(image, CLASSES, pixels, labels);
  }

  private void run() {
    try (model) {
      String learned = learn();
      for (String phase : options.get("phases").split(",")) {
        print(line(phase, learned));
      }
    }
  }

  /** Refuses to time a net that is another one, or does not learn. */
  private String learn() {
    if (model.trainableParameters() != Long.parseLong(options.get("parameters"))) {
      throw new IllegalStateException(
          model.trainableParameters() + " parameters instead of " + options.get("parameters"));
    }
    double before = model.evaluate(data, batch).loss();
    double after = before;
    int epochs = 0;
    while (!(after < LEARNED) && epochs++ < MOST_EPOCHS) {
      model.fit(data, FitOptions.epochs(1).batchSize(batch));
      after = model.evaluate(data, batch).loss();
    }
    String text =
        String.format(Locale.ROOT, "loss %.3f, after %d epochs %.3f", before, epochs, after);
    if (!(after < LEARNED)) {
      throw new IllegalStateException(text + "; it does not learn");
    }
    return "convoy " + options.get("net") + ": " + text;
  }

  /** Half the time to warm up, then a sample an epoch. */
  private List<Double> train() {
    double seconds = Double.parseDouble(options.get("seconds"));
    List<Double> rates = new ArrayList<>();
    long begin = System.nanoTime();
    Callback clock =
        new Callback() {
          @Override
          public void onEpochEnd(Fit fit, EpochResult result) {
            double passed = (System.nanoTime() - begin) * 1e-9;
            if (passed > seconds / 2) {
              rates.add(result.imagesPerSecond());
            }
            if (passed > 1.5 * seconds && rates.size() >= LEAST_SAMPLES) {
              fit.stop();
            }
          }
        };
    model.fit(data, FitOptions.epochs(Integer.MAX_VALUE).batchSize(batch).callbacks(clock));
    return rates;
  }

  private List<Double> infer() {
    double seconds = Double.parseDouble(options.get("seconds"));
    List<Double> rates = new ArrayList<>();
    long begin = System.nanoTime();
    double passed = 0;
    while (passed < 1.5 * seconds || rates.size() < LEAST_SAMPLES) {
      long from = System.nanoTime();
      model.evaluate(data, batch);
      if (passed > seconds / 2) {
        rates.add(data.size() / ((System.nanoTime() - from) * 1e-9));
      }
      passed = (System.nanoTime() - begin) * 1e-9;
    }
    return rates;
  }

  /** A training step by itself, on a batch that is fed. */
  private StepProfile profile() {
    Step step = model.trainingStep(batch);
    FloatBuffer images = step.input(model.features()).asFloatBuffer();
    IntBuffer labels = step.input(model.labels()).asIntBuffer();
    data.copy(IntStream.range(0, batch).toArray(), 0, batch, images, labels);
    return StepProfile.of(step);
  }

  private Map<String, Object> line(String phase, String learned) {
    boolean trains = phase.equals("train");
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("framework", "convoy");
    line.put("versions", model.device().description());
    line.put("net", options.get("net"));
    line.put("phase", phase);
    line.put("learned", learned);
    line.put("batch", batch);
    line.put("threads", 1);
    line.put("imagesPerSecond", trains ? train() : infer());
    if (trains) {
      line.put("profile", profile());
    }
    return line;
  }

  private static void print(Map<String, Object> line) {
    System.out.println(Contest.MARK + new Gson().toJson(line));
  }
}
