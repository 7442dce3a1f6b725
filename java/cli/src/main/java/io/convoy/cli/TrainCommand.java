// SPDX-License-Identifier: Apache-2.0
package io.convoy.cli;

<<<<<<< HEAD
=======
import io.convoy.metrics.Metric;
import io.convoy.metrics.Metrics;
>>>>>>> ad77000 (fp16 beside accumulated gradients: an overflow skips the whole step; --precision for evaluate and predict)
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** {@code convoy train}. */
<<<<<<< HEAD
final class TrainCommand extends TrainOptions {
=======
final class TrainCommand extends Command {
  private final PositionalParamSpec dataset =
      add(argument("0", "<dataset>", String.class, Datasets.HELP).arity("0..1").required(false));

  /** The options that make a run what it is: it goes on with them. */
  private final List<OptionSpec> own = new ArrayList<>();

  private final OptionSpec model =
      own(
          option(
              "--model",
              "<name|file>",
              String.class,
              ModelSource.help(" to go on from. Default: workshop; mlp for a table.")));
  private final OptionSpec imageShape =
      own(
          option(
                  "--image-shape",
                  "<h,w,c>",
                  String.class,
                  "What the images of a folder are brought to; 1 channel: grey, 3: colour.")
              .defaultValue("64,64,3"));
  private final DataOptions data = new DataOptions(this::own, "0.1");
  private final OptionSpec target =
      own(
          option(
              "--target",
              "<column>",
              String.class,
              "Of a table, the column that holds the classes; all others become features."));
  private final OptionSpec discrete =
      own(
          option(
              "--discrete",
              "<columns>",
              String.class,
              "Of a table, columns of numbers that are categories, with commas between."));
  private final OptionSpec epochs =
      own(
          option("--epochs", "<n>", int.class, "How often all training images are seen.")
              .defaultValue("5"));
  private final OptionSpec batchSize =
      own(
          option(
              "--batch-size",
              "<n>",
              Integer.class,
              "Images a step. Default: 128; 32 for a table."));
  private final OptionSpec device = own(device());
  private final OptionSpec precision = own(precision());
  private final OptionSpec optimizer =
      own(
          option("--optimizer", "<name>", OptimizerName.class, "One of ${COMPLETION-CANDIDATES}.")
              .defaultValue("adam"));
  private final OptionSpec learningRate =
      own(
          option(
              "--learning-rate",
              "<rate>",
              Double.class,
              "Default: 0.001; 0.01 for sgd, momentum and nesterov."));
  private final OptionSpec schedule =
      own(
          option(
                  "--schedule",
                  "<name>",
                  ScheduleName.class,
                  "How the rate goes over the run: constant, step (a tenth after each third),"
                      + " exponential (to a hundredth), cosine (to 0).")
              .defaultValue("cosine"));
  private final OptionSpec warmUp =
      own(
          option("--warm-up", "<steps>", int.class, "Steps in which the rate rises before that.")
              .defaultValue("0"));
  private final OptionSpec clipNorm =
      own(
          option(
                  "--clip-norm",
                  "<norm>",
                  float.class,
                  "Largest norm of all gradients together; 0: any.")
              .defaultValue("0"));
  private final OptionSpec weightDecay =
      own(
          option(
              "--weight-decay",
              "<share>",
              Double.class,
              "Decoupled, times the rate. Default: 0.004 for adamw, else 0."));
  private final OptionSpec validationSplit =
      own(
          option(
                  "--validation-split",
                  "<share>",
                  double.class,
                  "Of the training images, the last, held back; 0: none.")
              .defaultValue("0.1"));
  private final OptionSpec stratified =
      own(flag("--stratified", "Hold back about the same share of each class, at random."));
  private final OptionSpec augment =
      own(
          option(
              "--augment",
              "<list>",
              String.class,
              "Change training images at random, in place of the model's own way: any of "
                  + AugmentName.EXAMPLE
                  + ". Pixels: crop, cutout; degrees: rotate; alpha: mixup; else"
                  + " shares."));
  private final OptionSpec seed =
      own(
          option(
                  "--seed",
                  "<n>",
                  long.class,
                  "Of initial weights, shuffles, dropout, augmentation.")
              .defaultValue("0"));
  private final OptionSpec checkpointEvery =
      own(
          option(
                  "--checkpoint-every",
                  "<seconds>",
                  double.class,
                  "Time between checkpoints; there is one after each epoch, too.")
              .defaultValue("30"));
  private final OptionSpec earlyStopping =
      own(
          option(
              "--early-stopping",
              "<epochs>",
              Integer.class,
              "End after so many without a lower validation loss (else training loss)."));
  private final OptionSpec tensorBoard =
      own(
          option(
              "--tensorboard",
              "<folder>",
              Path.class,
              "Write event files for TensorBoard there: scalars, histograms, graph, images."));
  private final OptionSpec metrics =
      own(
          option(
                  "--metrics",
                  "<names>",
                  String.class,
                  "What is reported beside the loss: accuracy, top_5_accuracy, precision, recall,"
                      + " f1_score, auc, f1_score_class_3 …, with commas between.")
              .defaultValue("accuracy"));
  private final OptionSpec classWeight =
      own(
          option(
                  "--class-weight",
                  "<name>",
                  ClassWeighting.class,
                  "How much an image counts in the loss: none, all alike; balanced, the more the"
                      + " rarer its class.")
              .defaultValue("none"));
  private final OptionSpec init =
      own(
          option(
              "--init",
              "<file>",
              Path.class,
              "Begin with a saved model's weights where layers have its names and shapes, such as"
                  + " all but a head for other classes."));
  private final OptionSpec freeze =
      own(
          option(
              "--freeze",
              "<prefixes>",
              String.class,
              "Don't change layers whose names begin so, with commas between; 'convoy summary'"
                  + " tells the names."));
  private final OptionSpec accumulate =
      own(
          option(
                  "--accumulate",
                  "<n>",
                  int.class,
                  "Batches a step, whose gradients are summed: as a batch of so many times the"
                      + " images, with the memory of one.")
              .defaultValue("1"));
  private final OptionSpec ema =
      own(
          option(
              "--ema",
              "<momentum>",
              Double.class,
              "Validate, test and keep moving averages of the weights, such as 0.999."));
>>>>>>> ad77000 (fp16 beside accumulated gradients: an overflow skips the whole step; --precision for evaluate and predict)
  private final OptionSpec out =
      add(
          option(
              "--out",
              "<folder>",
              Path.class,
              "The run folder. Default: runs/<dataset>-<model>-<time>."));
  private final OptionSpec resume =
      add(
          option(
              "--resume",
              "<folder>",
              Path.class,
              "Go on with the run in this folder, with the arguments it was begun with."));
  private final OptionSpec quiet = add(flag("--quiet", "Print nothing but errors."));

  TrainCommand() {
    super("train", "Trains a network, and keeps report, checkpoint and models in a run folder.");
  }

  @Override
  public Integer call() throws IOException {
    PrintWriter printer = isQuiet() ? new PrintWriter(OutputStream.nullOutputStream()) : out();
    Path folder = resume.getValue();
    return folder == null ? begin(printer) : resume(RunFolder.existing(folder), printer);
  }

  private int begin(PrintWriter printer) throws IOException {
    TrainArguments arguments = arguments();
    Background<TrainingData> reading = read(arguments, printer);
    Optional<Path> wanted = Optional.ofNullable(out.getValue());
    RunFolder folder = RunFolder.fresh(wanted, arguments.data().name(), arguments.model());
    return new TrainingRun(arguments, words(), folder, printer, rewrites()).run(reading);
  }

  private int resume(RunFolder folder, PrintWriter printer) throws IOException {
    TrainCommand begun = parse(folder.readArguments());
    if (out.getValue() != null) {
      throw new UsageException("--resume goes on in its own folder. Leave out --out");
    }
    requireSame(begun);
    TrainArguments arguments = begun.arguments();
    if (folder.isFinished()) {
      printer.println("the run in " + folder.path() + " is finished; see " + folder.page());
      return Main.OK;
    }
    return new TrainingRun(arguments, begun.words(), folder, printer, rewrites())
        .run(read(arguments, printer));
  }

  /** Begins to read the data: that takes longer than all else before the first step. */
  private static Background<TrainingData> read(TrainArguments arguments, PrintWriter printer) {
    return Background.start(() -> TrainingData.load(arguments, printer::println));
  }

  private boolean isQuiet() {
    return quiet.<Boolean>getValue();
  }

  private boolean rewrites() {
    return !isQuiet() && Terminal.isThere();
  }

  /** Reads the arguments that a run was begun with. */
  static TrainCommand parse(List<String> words) {
    TrainCommand command = new TrainCommand();
    new CommandLine(command.spec())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .parseArgs(words.toArray(String[]::new));
    return command;
  }
}
