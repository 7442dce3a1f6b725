// SPDX-License-Identifier: Apache-2.0
package io.convoy.benchmarks.process;

import com.google.gson.Gson;
import io.convoy.compile.Precision;
import io.convoy.contest.Contest;
import io.convoy.data.DataSplits;
import io.convoy.data.Dataset;
import io.convoy.data.Mnist;
import io.convoy.losses.Losses;
import io.convoy.metrics.Metrics;
import io.convoy.model.CompileOptions;
import io.convoy.model.FitOptions;
import io.convoy.model.Model;
import io.convoy.optimizers.Optimizer;
import io.convoy.optimizers.Optimizers;
import io.convoy.schedules.Schedule;
import io.convoy.tensor.Tensor;
import io.convoy.zoo.Zoo;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Convoy from its first step to the accuracy on MNIST's 10,000 test images, once a seed. The clock
 * runs through training and that evaluation; the model is compiled before, the data set lies on the
 * device, and each kind of step has run. {@code benchmarks/peers/pytorch/mnist99.py} is its twin.
 */
public final class Mnist99 {
  private static final int CLASSES = 10;

  /** Plain runs of a step, then a recorded one, then replays. */
  private static final int WARM_UP = 4;

  private final Map<String, String> options;
  private final int batch;
  private final int epochs;
  private final Dataset train;
  private final Dataset test;
  private final List<Double> milliseconds = new ArrayList<>();
  private final List<Double> accuracies = new ArrayList<>();
  private String versions = "";

  private Mnist99(Map<String, String> options) throws IOException {
    this.options = options;
    this.batch = Integer.parseInt(options.get("batch"));
    this.epochs = Integer.parseInt(options.get("epochs"));
    DataSplits mnist = Mnist.load();
    this.train = mnist.train();
    this.test = mnist.test();
  }

  /**
   * Trains and prints a line of JSON behind {@value Contest#MARK}.
   *
   * @param args as {@code mnist99.py} takes them
   * @throws IOException if MNIST can't be read
   */
  public static void main(String[] args) throws IOException {
    Mnist99 all = new Mnist99(Contest.options(args));
    Stream.of(all.options.get("seeds").split(",")).map(Long::valueOf).forEach(all::run);
    all.print();
  }

  private void run(long seed) {
    int evaluated = Integer.parseInt(options.get("evaluated"));
    try (Model model = compile(seed)) {
      require(model.trainableParameters());
      Map<String, Tensor> fresh = model.state();
      model.fit(train.range(0, batch), FitOptions.epochs(WARM_UP).batchSize(batch));
      for (int i = 0; i < WARM_UP; i++) {
        model.evaluate(test.range(0, evaluated), evaluated);
      }
      model.setState(fresh);
      long begin = System.nanoTime();
      model.fit(train, FitOptions.epochs(epochs).batchSize(batch));
      accuracies.add(100 * model.evaluate(test, evaluated).accuracy());
      milliseconds.add((System.nanoTime() - begin) * 1e-6);
      versions = model.device().description();
    }
  }

  private Model compile(long seed) {
    return Zoo.byName(options.get("net"), train.instanceShape(), CLASSES)
        .compile(
            optimizer(train.size() / batch * epochs),
            Losses.SPARSE_CATEGORICAL_CROSSENTROPY,
            List.of(Metrics.ACCURACY),
            CompileOptions.defaults()
                .device(options.get("device"))
                .precision(Precision.of(options.get("precision")))
                .seed(seed));
  }

  /** Adam, whose rate rises for a part of the steps, and falls to 0 as half a cosine. */
  private Optimizer optimizer(int steps) {
    int rise = (int) (Double.parseDouble(options.get("rise")) * steps);
    return Optimizers.adam(Double.parseDouble(options.get("rate")))
        .schedule(new Schedule.WarmUp(rise, new Schedule.CosineDecay(steps - rise, 0)));
  }

  private void require(long parameters) {
    if (parameters != Long.parseLong(options.get("parameters"))) {
      throw new IllegalStateException(
          parameters + " parameters instead of " + options.get("parameters"));
    }
  }

  private void print() {
    Map<String, Object> line =
        Map.of(
            "framework", "convoy",
            "versions", versions,
            "milliseconds", milliseconds,
            "accuracies", accuracies);
    System.out.println(Contest.MARK + new Gson().toJson(line));
  }
}
