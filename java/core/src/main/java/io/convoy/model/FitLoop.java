// SPDX-License-Identifier: Apache-2.0
package io.convoy.model;

import io.convoy.callbacks.Callback;
import io.convoy.callbacks.Fit;
import io.convoy.data.Dataset;
import io.convoy.data.Shuffle;
import io.convoy.data.Splits;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The training loop. A step allocates nothing. */
final class FitLoop implements Fit {
  private final Model model;
  private final FitOptions options;
  private final Dataset train;
  private final Optional<Dataset> validation;
  private final TrainingSteps training;
  private final Sums sums;
  private final LossWatch watch;
  private final LearningRate learningRate;
  private final Shuffle shuffle;
  private final int[] order;
  private final List<EpochResult> history;
  private final FitEvents events = new FitEvents();
  private int epoch;
  private int step;
  private long begin;
  private long instancesAtBegin;
  private double secondsAtBegin;
  private boolean stopped;

  /** Checks that model, data and options fit, and holds a part of the data back if asked to. */
  static FitLoop of(Model model, Dataset data, FitOptions options) {
    Dataset train = data;
    Optional<Dataset> validation = options.validation();
    if (options.validationSplit() > 0) {
      Splits split = Splits.validation(data, options.validationSplit());
      train = split.train();
      validation = Optional.of(split.validation());
    }
    model.requireFits(train);
    validation.ifPresent(model::requireFits);
    options.requireFits(train);
    model.setDatasetInfo(train.info());
    return new FitLoop(model, train, validation, options);
  }

  private FitLoop(Model model, Dataset train, Optional<Dataset> validation, FitOptions options) {
    this.model = model;
    this.options = options;
    this.train = train;
    this.validation = validation;
    this.training = model.trainingSteps(train, options);
    this.sums = model.trainingSums();
    this.watch = model.lossWatch(sums);
    this.learningRate = model.learningRate();
    this.shuffle = new Shuffle(model.seed());
    this.order = IntStream.range(0, train.size()).toArray();
    this.history = new ArrayList<>(options.from().history());
    // Until the first epoch begins the fit stands where it goes on.
    this.step = options.from().step();
    this.epoch = options.from().epoch() + (step > 0 ? 1 : 0);
    this.begin = System.nanoTime();
    this.secondsAtBegin = options.from().seconds();
  }

  History run() {
    Position from = options.from();
    for (Callback callback : options.callbacks()) {
      callback.onTrainBegin(this);
    }
    for (int i = from.epoch(); i < options.epochs() && !stopped; i++) {
      epoch = i + 1;
      boolean resumed = i == from.epoch() && from.step() > 0;
      runEpoch(resumed ? from.step() : 0, resumed ? from.seconds() : 0);
    }
    for (Callback callback : options.callbacks()) {
      callback.onTrainEnd(this);
    }
    return new History(history);
  }

  private void runEpoch(int firstStep, double secondsSoFar) {
    if (options.shuffle()) {
      shuffle.permute(order, epoch);
    }
    if (firstStep == 0) {
      sums.clear();
    }
    training.begin(order, firstStep * options.stepSize());
    watch.begin(epoch, firstStep);
    step = firstStep;
    secondsAtBegin = secondsSoFar;
    instancesAtBegin = instances();
    begin = System.nanoTime();
    events.beginEpoch();
    for (Callback callback : options.callbacks()) {
      callback.onEpochBegin(this);
    }
    while (step < steps() && !stopped) {
      runStep();
    }
    if (step == steps()) {
      endEpoch();
    }
  }

  private void runStep() {
    int from = step * options.stepSize();
    int size = Math.min(options.stepSize(), train.size() - from);
    events.beginStep();
    training.run((epoch - 1L) * steps() + step, from, size);
    step++;
    events.endStep(step, size);
    if (step < steps()) {
      watch.afterStep(step);
    } else {
      watch.afterEpoch(step);
    }
    for (int i = 0; i < options.callbacks().size(); i++) {
      options.callbacks().get(i).onBatchEnd(this);
    }
  }

  private void requireFinite(Evaluation validation) {
    if (!Double.isFinite(validation.loss())) {
      throw new NonFiniteLossException(epoch, 1, step, validation.loss());
    }
  }

  private void endEpoch() {
    double speed = imagesPerSecond();
    Evaluation training = model.read(sums, train.size());
    Optional<Evaluation> validated = validation.map(v -> model.evaluate(v, options.batchSize()));
    validated.ifPresent(this::requireFinite);
    EpochResult result = new EpochResult(epoch, training, validated, seconds(), speed);
    events.endEpoch(result, train.size());
    history.add(result);
    for (Callback callback : options.callbacks()) {
      callback.onEpochEnd(this, result);
    }
  }

  @Override
  public Model model() {
    return model;
  }

  @Override
  public int epoch() {
    return epoch;
  }

  @Override
  public int epochs() {
    return options.epochs();
  }

  @Override
  public boolean validates() {
    return validation.isPresent();
  }

  @Override
  public LearningRate learningRate() {
    return learningRate;
  }

  @Override
  public int step() {
    return step;
  }

  @Override
  public int steps() {
    return (train.size() + options.stepSize() - 1) / options.stepSize();
  }

  @Override
  public long instances() {
    return Math.min((long) step * options.stepSize(), train.size());
  }

  @Override
  public double seconds() {
    return secondsAtBegin + (System.nanoTime() - begin) * 1e-9;
  }

  @Override
  public double imagesPerSecond() {
    double elapsed = (System.nanoTime() - begin) * 1e-9;
    return (instances() - instancesAtBegin) / elapsed;
  }

  @Override
  public double loss() {
    return sums.read(0)[0] / (double) instances();
  }

  @Override
  public double metric(int index) {
    return model.metrics().get(index).result(sums.read(index + 1), instances());
  }

  @Override
  public Position position() {
    return history.size() == epoch
        ? new Position(epoch, 0, 0, history)
        : new Position(epoch - 1, step, seconds(), history);
  }

  @Override
  public void stop() {
    stopped = true;
  }
}
