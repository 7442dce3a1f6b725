// SPDX-License-Identifier: Apache-2.0
package io.convoy.cli;

import io.convoy.compile.Precision;
import io.convoy.data.Dataset;
import io.convoy.layers.Augmenting;
import io.convoy.metrics.Metric;
import io.convoy.model.CompileOptions;
import io.convoy.model.FitOptions;
import io.convoy.optimizers.Optimizer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a run is made from. {@code learningRate} and {@code weightDecay} are null for the
 * optimizer's own, {@code augment}, {@code earlyStopping}, {@code tensorBoard}, {@code init} and
 * {@code ema} for none.
 */
record TrainArguments(
    DataArguments data,
    String model,
    int epochs,
    int batchSize,
    String device,
    String precision,
    OptimizerName optimizer,
    Double learningRate,
    ScheduleName schedule,
    int warmUp,
    float clipNorm,
    Double weightDecay,
    double validationSplit,
    boolean stratified,
    String augment,
    long seed,
    double checkpointEvery,
    Integer earlyStopping,
    Path tensorBoard,
    List<Metric> metrics,
    ClassWeighting classWeight,
    Path init,
    List<String> freeze,
    int accumulate,
    Double ema) {

  /** Checks all that can be checked without data. */
  TrainArguments {
    if (!(checkpointEvery >= 0)) {
      throw new UsageException("--checkpoint-every must be at least 0, is " + checkpointEvery);
    }
    if (earlyStopping != null && earlyStopping < 1) {
      throw new UsageException("--early-stopping must be at least 1, is " + earlyStopping);
    }
    AugmentName.parse(augment);
    try {
      Precision.of(precision);
      FitOptions.epochs(epochs)
          .batchSize(batchSize)
          .accumulate(accumulate)
          .validationSplit(validationSplit);
      averaged(optimizer.make(learningRate, weightDecay).clipNorm(clipNorm), ema);
    } catch (IllegalArgumentException e) {
      throw new UsageException(e);
    }
  }

  FitOptions fitOptions(TrainingData data) {
    FitOptions options =
        FitOptions.epochs(epochs)
            .batchSize(batchSize)
            .accumulate(accumulate)
            .classWeight(classWeight.of(data.train()));
    Optional<Dataset> validation = data.validation();
    return validation.isPresent() ? options.validation(validation.get()) : options;
  }

  CompileOptions compileOptions() {
    return new CompileOptions(device, seed, Precision.of(precision));
  }

  /** The layers that change training images; none if the model's own do. */
  List<Augmenting> augmentation() {
    return AugmentName.parse(augment);
  }

  /** Makes the optimizer for a run over so many training instances. */
  Optimizer optimizerFor(int instances) {
    long size = (long) batchSize * accumulate;
    long steps = epochs * ((instances + size - 1) / size);
    try {
      Optimizer plain =
          optimizer
              .make(learningRate, weightDecay)
              .clipNorm(clipNorm)
              .schedule(schedule.make((int) Math.min(steps, Integer.MAX_VALUE), warmUp));
      return averaged(plain, ema);
    } catch (IllegalArgumentException e) {
      throw new UsageException(e);
    }
  }

  private static Optimizer averaged(Optimizer optimizer, Double momentum) {
    return momentum == null ? optimizer : optimizer.ema(momentum);
  }
}
