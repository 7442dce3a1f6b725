// SPDX-License-Identifier: Apache-2.0
package io.convoy.cli;

import io.convoy.backend.Devices;
import io.convoy.data.Dataset;
import io.convoy.model.CompileOptions;
import io.convoy.model.FitOptions;
import io.convoy.optimizers.Optimizer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code convoy train}. */
@Command(
    name = "train",
    description = "Trains a network, and keeps report, checkpoint and models in a run folder.",
    sortOptions = false,
    abbreviateSynopsis = true,
    showDefaultValues = true)
final class TrainCommand implements Callable<Integer> {
  private static final String FP32 = "fp32";

  /** What may be given with {@code --resume}: everything else is the run's own. */
  private static final Set<String> NOT_THE_RUNS =
      Set.of("--out", "--resume", "--quiet", "--help", "--version", RootCommand.VERBOSE);

  @Spec CommandSpec spec;

  @Parameters(arity = "0..1", paramLabel = "<dataset>", description = Datasets.HELP)
  String dataset;

  @Option(
      names = "--model",
      paramLabel = "<name|file>",
      defaultValue = "workshop",
      completionCandidates = ModelSource.Names.class,
      description = "One of ${COMPLETION-CANDIDATES}, or a .safetensors file to go on from.")
  String model;

  @Option(
      names = "--epochs",
      paramLabel = "<n>",
      defaultValue = "5",
      description = "How often all training images are seen.")
  int epochs;

  @Option(
      names = "--batch-size",
      paramLabel = "<n>",
      defaultValue = "128",
      description = "Images a step.")
  int batchSize;

  @Option(
      names = "--device",
      paramLabel = "<device>",
      defaultValue = Devices.AUTO,
      description = "auto, cpu, cuda[:i] or reference; 'convoy devices' lists them.")
  String device;

  @Option(
      names = "--precision",
      paramLabel = "<precision>",
      defaultValue = FP32,
      description = "Of the arithmetic: fp32.")
  String precision;

  @Option(
      names = "--optimizer",
      paramLabel = "<name>",
      defaultValue = "adam",
      description = "One of ${COMPLETION-CANDIDATES}.")
  OptimizerName optimizer;

  @Option(
      names = "--learning-rate",
      paramLabel = "<rate>",
      description = "Default: 0.001; 0.01 for sgd, momentum and nesterov.")
  Double learningRate;

  @Option(
      names = "--schedule",
      paramLabel = "<name>",
      defaultValue = "cosine",
      description = {
        "How the rate goes over the run: constant, step (a tenth after each third),",
        "exponential (to a hundredth), cosine (to 0)."
      })
  ScheduleName schedule;

  @Option(
      names = "--warm-up",
      paramLabel = "<steps>",
      defaultValue = "0",
      description = "Steps in which the rate rises before that.")
  int warmUp;

  @Option(
      names = "--clip-norm",
      paramLabel = "<norm>",
      defaultValue = "0",
      description = "Largest norm of all gradients together; 0: any.")
  float clipNorm;

  @Option(
      names = "--weight-decay",
      paramLabel = "<share>",
      description = "Decoupled, times the rate. Default: 0.004 for adamw, else 0.")
  Double weightDecay;

  @Option(
      names = "--validation-split",
      paramLabel = "<share>",
      defaultValue = "0.1",
      description = "Of the training images, the last, held back; 0: none.")
  double validationSplit;

  @Option(
      names = "--seed",
      paramLabel = "<n>",
      defaultValue = "0",
      description = "Of initial weights, shuffles and dropout.")
  long seed;

  @Option(
      names = "--out",
      paramLabel = "<folder>",
      description = "The run folder. Default: runs/<dataset>-<model>-<time>.")
  Path out;

  @Option(
      names = "--resume",
      paramLabel = "<folder>",
      description = "Goes on with the run in this folder, with the arguments it was begun with.")
  Path resume;

  @Option(
      names = "--checkpoint-every",
      paramLabel = "<seconds>",
      defaultValue = "30",
      description = "Time between checkpoints; there is one after each epoch, too.")
  double checkpointEvery;

  @Option(names = "--quiet", description = "Print nothing but errors.")
  boolean quiet;

  @Override
  public Integer call() throws IOException {
    PrintWriter printer =
        quiet ? new PrintWriter(OutputStream.nullOutputStream()) : spec.commandLine().getOut();
    return resume == null ? begin(printer) : resume(RunFolder.existing(resume), printer);
  }

  private int begin(PrintWriter printer) throws IOException {
    requireUsable();
    Background<TrainingData> reading = read();
    RunFolder folder = RunFolder.fresh(Optional.ofNullable(out), dataset, model);
    return new TrainingRun(this, folder, printer, rewrites()).run(reading);
  }

  private int resume(RunFolder folder, PrintWriter printer) throws IOException {
    TrainCommand begun = parse(folder.readArguments());
    requireSame(begun);
    begun.requireUsable();
    if (folder.isFinished()) {
      printer.println("the run in " + folder.path() + " is finished; see " + folder.report());
      return Main.OK;
    }
    return new TrainingRun(begun, folder, printer, rewrites()).run(begun.read());
  }

  /** Begins to read the data: it takes about as long as loading the device's libraries. */
  private Background<TrainingData> read() {
    return Background.start(() -> TrainingData.load(dataset, validationSplit));
  }

  private boolean rewrites() {
    return !quiet && Terminal.isThere();
  }

  private static TrainCommand parse(List<String> arguments) {
    TrainCommand command = new TrainCommand();
    new CommandLine(command)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .parseArgs(arguments.toArray(String[]::new));
    return command;
  }

  /** Returns what {@link #parse} makes the same command from, in any working directory. */
  List<String> arguments() {
    List<String> arguments = new ArrayList<>();
    for (OptionSpec option : spec.options()) {
      Object value = option.getValue();
      if (value != null && !NOT_THE_RUNS.contains(option.longestName())) {
        boolean path = option.longestName().equals("--model");
        arguments.add(option.longestName() + "=" + (path ? ModelSource.absolute(model) : value));
      }
    }
    arguments.add(Datasets.absolute(dataset));
    return arguments;
  }

  private void requireSame(TrainCommand begun) {
    if (out != null) {
      throw new UsageException("--resume goes on in its own folder. Leave out --out");
    }
    for (OptionSpec option : spec.commandLine().getParseResult().matchedOptions()) {
      String name = option.longestName();
      if (!NOT_THE_RUNS.contains(name)) {
        Object own = begun.spec.findOption(name).getValue();
        requireSame(
            name, own, name.equals("--model") ? ModelSource.absolute(model) : option.getValue());
      }
    }
    if (dataset != null) {
      requireSame("<dataset>", begun.dataset, Datasets.absolute(dataset));
    }
  }

  private static void requireSame(String name, Object own, Object given) {
    if (!given.equals(own)) {
      throw new UsageException(
          "the run was begun with "
              + name
              + " "
              + own
              + ", not "
              + given
              + ". A run goes on with its own arguments: leave it out, or begin a new run");
    }
  }

  private void requireUsable() {
    if (dataset == null) {
      throw new UsageException("no <dataset> is given. It is " + Datasets.HELP);
    }
    if (!precision.equals(FP32)) {
      throw new UsageException(
          "precision '" + precision + "' is not there yet. Use " + FP32 + ", which is the default");
    }
    if (!(checkpointEvery >= 0)) {
      throw new UsageException("--checkpoint-every must be at least 0, is " + checkpointEvery);
    }
    UsageException.check(
        () -> FitOptions.epochs(epochs).batchSize(batchSize).validationSplit(validationSplit));
    UsageException.check(() -> optimizer.make(learningRate, weightDecay).clipNorm(clipNorm));
  }

  FitOptions fitOptions(Optional<Dataset> validation) {
    FitOptions options = FitOptions.epochs(epochs).batchSize(batchSize);
    return validation.map(options::validation).orElse(options);
  }

  /** Makes the optimizer for a run over so many training instances. */
  Optimizer optimizer(int instances) {
    long steps = (long) epochs * ((instances + batchSize - 1) / batchSize);
    int length = (int) Math.min(steps, Integer.MAX_VALUE);
    return UsageException.check(
        () ->
            optimizer
                .make(learningRate, weightDecay)
                .clipNorm(clipNorm)
                .schedule(schedule.make(length, warmUp)));
  }

  CompileOptions compileOptions() {
    return new CompileOptions(device, seed);
  }
}
