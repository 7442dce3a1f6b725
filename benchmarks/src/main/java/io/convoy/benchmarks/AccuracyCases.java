// SPDX-License-Identifier: Apache-2.0
package io.convoy.benchmarks;

import io.convoy.benchmarks.report.Row;
import io.convoy.benchmarks.report.Unit;
import io.convoy.compile.Precision;
import io.convoy.data.DataSplits;
import io.convoy.data.Dataset;
import io.convoy.data.Mnist;
import io.convoy.losses.Losses;
import io.convoy.metrics.Metrics;
import io.convoy.model.CompileOptions;
import io.convoy.model.FitOptions;
import io.convoy.model.Model;
import io.convoy.optimizers.Optimizers;
import io.convoy.schedules.Schedule;
import io.convoy.zoo.Zoo;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the workshop's net comes to on MNIST's test images in each precision, with the same seeds:
 * Adam, rate 1e-3 falling to 0 as half a cosine, batch 128, all 60,000 training images.
 */
final class AccuracyCases {
  private static final int EPOCHS = 5;
  private static final int BATCH = 128;
  private static final double RATE = 1e-3;
  private static final long[] SEEDS = {1, 2, 3};

  /** How far a mean may be from that of fp32, in points of a percent. */
  private static final double TOLERANCE = 0.1;

  private final Lab lab;
  private final Problems problems;
  private final Map<String, Double> fp32 = new HashMap<>(); // its mean on a device

  AccuracyCases(Lab lab, Problems problems) {
    this.lab = lab;
    this.problems = problems;
  }

  /** The CPU computes in fp32 only. */
  List<Case> all() {
    List<Case> cases = new ArrayList<>();
    for (String device : lab.devices()) {
      for (Precision precision : Precision.values()) {
        if (device.startsWith("cuda") || precision == Precision.FP32) {
          String name = "accuracy/" + precision.label();
          cases.add(new Case(name, false, () -> List.of(measure(name, device, precision))));
        }
      }
    }
    return cases;
  }

  private Row measure(String name, String device, Precision precision) throws IOException {
    DataSplits mnist = Mnist.load();
    double[] percent = new double[SEEDS.length];
    for (int i = 0; i < percent.length; i++) {
      percent[i] =
          trained(
              mnist, CompileOptions.defaults().device(device).precision(precision).seed(SEEDS[i]));
    }
    if (precision == Precision.FP32) {
      fp32.put(device, mean(percent));
    }
    tell(name, percent, fp32.get(device));
    Map<String, String> parameters = Map.of("batch", "" + BATCH, "epochs", "" + EPOCHS);
    return lab.row(name, device, parameters, Unit.PERCENT, percent);
  }

  private static double trained(DataSplits mnist, CompileOptions options) throws IOException {
    Dataset train = mnist.train();
    int steps = EPOCHS * ((train.size() + BATCH - 1) / BATCH);
    try (Model model =
        Zoo.byName("workshop", train.instanceShape(), train.classes())
            .compile(
                Optimizers.adam(RATE).schedule(new Schedule.CosineDecay(steps, 0)),
                Losses.SPARSE_CATEGORICAL_CROSSENTROPY,
                List.of(Metrics.ACCURACY),
                options)) {
      model.fit(train, FitOptions.epochs(EPOCHS).batchSize(BATCH));
      return 100 * model.evaluate(mnist.test(), BATCH).accuracy();
    }
  }

  /**
   * Prints what there is beside the median, which is the row's.
   *
   * @param exact the mean in fp32, null if that was not measured
   */
  private void tell(String name, double[] percent, Double exact) {
    String text =
        String.format(
            Locale.ROOT, "%s: %s, mean %.3f", name, Arrays.toString(percent), mean(percent));
    if (exact != null) {
      double off = mean(percent) - exact;
      double most = Arrays.stream(percent).map(p -> Math.abs(p - exact)).max().orElseThrow();
      text += String.format(Locale.ROOT, ", %+.3f from fp32's, a run at most %.3f", off, most);
      if (Math.abs(off) > TOLERANCE) {
        problems.add(text);
      }
    }
    System.out.println("  " + text);
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }
}
