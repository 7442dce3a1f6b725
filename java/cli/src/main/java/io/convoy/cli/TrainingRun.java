// SPDX-License-Identifier: Apache-2.0
package io.convoy.cli;

import io.convoy.backend.Devices;
import io.convoy.callbacks.BestModel;
import io.convoy.callbacks.Callback;
import io.convoy.callbacks.CheckpointWriter;
import io.convoy.callbacks.EarlyStopping;
import io.convoy.callbacks.Fit;
import io.convoy.data.Dataset;
import io.convoy.metrics.Metric;
import io.convoy.metrics.Predictions;
import io.convoy.model.Checkpoint;
import io.convoy.model.Evaluation;
import io.convoy.model.FitOptions;
import io.convoy.model.History;
import io.convoy.model.LoadedWeights;
import io.convoy.model.Model;
import io.convoy.tensorboard.TensorBoard;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Trains, from the beginning or from a checkpoint, and keeps everything in the run folder. */
final class TrainingRun {
  private static final int SAMPLE_IMAGES = 8;

  private final TrainArguments arguments;
  private final List<String> words;
  private final RunFolder folder;
  private final PrintWriter out;
  private final boolean terminal;
  private Optional<LoadedWeights> loaded = Optional.empty();

  /**
   * Makes a run.
   *
   * @param words what the arguments are made from when the run is resumed
   * @param terminal whether a line of {@code out} can be rewritten
   */
  TrainingRun(
      TrainArguments arguments,
      List<String> words,
      RunFolder folder,
      PrintWriter out,
      boolean terminal) {
    this.arguments = arguments;
    this.words = words;
    this.folder = folder;
    this.out = out;
    this.terminal = terminal;
  }

  /** Trains with the data as soon as they are there, and returns the process' exit code. */
  int run(Background<TrainingData> reading) throws IOException {
    Devices.check(arguments.device());
    Optional<Checkpoint> checkpoint = folder.checkpoint();
    TrainingData data = reading.get(); // a download may end at once: there is nothing to keep yet
    try (Interruption interruption = new Interruption(folder.checkpointFile());
        Model model = compile(data.train())) {
      if (checkpoint.isPresent()) {
        checkpoint.get().restore(model);
      } else if (arguments.init() != null) {
        loaded = Optional.of(model.loadWeights(arguments.init()));
      }
      FitOptions options = arguments.fitOptions(data);
      options = options.from(checkpoint.map(Checkpoint::position).orElse(options.from()));
      return run(model, data, options, interruption);
    }
  }

  private Model compile(Dataset train) throws IOException {
    ModelSource source =
        ModelSource.of(
            arguments.model(),
            train.instanceShape(),
            train.classes(),
            "--image-shape, for a folder");
    return source
        .augment(arguments.augmentation())
        .freeze(arguments.freeze())
        .compile(
            arguments.optimizerFor(train.size()), arguments.metrics(), arguments.compileOptions());
  }

  private int run(Model model, TrainingData data, FitOptions options, Interruption interruption)
      throws IOException {
    Report report = new Report(folder.report(), model, arguments.precision(), data);
    Progress progress =
        new Progress(out, terminal, data.train().size(), data.unit(), metrics(model));
    List<Callback> callbacks = new ArrayList<>();
    callbacks.add(begin(model, data));
    // In this order a run that is killed between two of them does the rest when it is resumed.
    callbacks.add(new BestModel(folder.best()));
    callbacks.add(new CheckpointWriter(folder.checkpointFile(), arguments.checkpointEvery()));
    callbacks.add(report);
    callbacks.add(progress);
    if (arguments.earlyStopping() != null) {
      String monitor = data.validation().isPresent() ? "val_loss" : "loss";
      callbacks.add(new EarlyStopping(monitor, arguments.earlyStopping()));
    }
    if (arguments.tensorBoard() != null) {
      callbacks.add(tensorBoard(data.train()));
    }
    callbacks.add(interruption);
    if (StartTime.isWanted()) {
      callbacks.add(new StartTime(out));
    }
    Optional<Predictions> test;
    try {
      History history =
          model.fit(data.train(), options.callbacks(callbacks.toArray(Callback[]::new)));
      boolean whole = history.epochs().size() == options.epochs();
      test = end(model, data, report, whole || !interruption.isAsked());
    } catch (IOException | RuntimeException | Error e) {
      progress.clear();
      report.failed(e);
      throw e;
    }
    // What goes wrong from here on leaves a run that is completed.
    RunPage page = new RunPage(folder, model, data);
    if (test.isEmpty()) {
      out.println("interrupted; go on with: convoy train --resume " + folder.path());
      page.write("where it was interrupted", test);
      return Main.INTERRUPTED;
    }
    out.println("report: " + page.write(folder.last().getFileName().toString(), test));
    return Main.OK;
  }

  private TensorBoard tensorBoard(Dataset train) {
    TensorBoard board = new TensorBoard(arguments.tensorBoard()).histograms();
    board.gradients(train, arguments.batchSize());
    return train.instanceShape().rank() == 3 ? board.images(train, SAMPLE_IMAGES) : board;
  }

  private static List<String> metrics(Model model) {
    return model.metrics().stream().map(Metric::name).toList();
  }

  /** Keeps what came out, and measures it on the test set, unless the run was interrupted. */
  private Optional<Predictions> end(Model model, TrainingData data, Report report, boolean finished)
      throws IOException {
    if (!finished) {
      report.interrupted();
      return Optional.empty();
    }
    model.save(folder.last());
    Dataset test = data.all().test();
    Predictions predictions = Predictions.of(model, test, arguments.batchSize());
    Evaluation evaluation = predictions.evaluation();
    report.completed(new Report.Test(test.size(), evaluation));
    out.println(
        "test: "
            + Numbers.of(evaluation)
            + ", "
            + Numbers.grouped(test.size())
            + " "
            + data.unit()
            + ", last model");
    return Optional.of(predictions);
  }

  /** What comes before the first step, and after all that can keep a run from beginning. */
  private Callback begin(Model model, TrainingData data) {
    return new Callback() {
      @Override
      public void onTrainBegin(Fit fit) {
        try {
          folder.begin(words);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
        describe(model, data);
      }
    };
  }

  private void describe(Model model, TrainingData data) {
    out.println(
        "device      "
            + model.device().id()
            + ": "
            + model.device().description()
            + " ("
            + model.deviceReason()
            + ")");
    out.println(
        "model       "
            + model.network().name()
            + ", "
            + Numbers.grouped(model.parameters())
            + " parameters");
    out.println(
        "data        "
            + data.all().name()
            + ", "
            + Numbers.grouped(data.train().size())
            + " "
            + data.unit()
            + " for training, "
            + Numbers.grouped(data.validationSize())
            + " for validation");
    out.println("classes     " + data.balance());
    loaded.ifPresent(l -> out.println("init        " + l.summary()));
    out.println("run folder  " + folder.path());
  }
}
