// SPDX-License-Identifier: Apache-2.0
package io.convoy.cli;

import io.convoy.metrics.Metric;
import io.convoy.metrics.Metrics;
import io.convoy.tensor.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** A command that trains: what a run is made from, and goes on with. */
abstract class TrainOptions extends Command {
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
              "What the images of a folder are brought to; 1 channel: grey, 3: colour. Default: "
                  + ImageShape.USUAL));
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

  TrainOptions(String name, String description) {
    super(name, description);
  }

  private OptionSpec own(OptionSpec.Builder option) {
    OptionSpec built = add(option);
    own.add(built);
    return built;
  }

  final TrainArguments arguments() {
    return new TrainArguments(
        dataArguments(),
        (String) value(model),
        epochs.<Integer>getValue(),
        (Integer) value(batchSize),
        device.getValue(),
        precision.getValue(),
        optimizer.getValue(),
        learningRate.getValue(),
        schedule.getValue(),
        warmUp.<Integer>getValue(),
        clipNorm.<Float>getValue(),
        weightDecay.getValue(),
        validationSplit.<Double>getValue(),
        stratified.<Boolean>getValue(),
        augment.getValue(),
        seed.<Long>getValue(),
        checkpointEvery.<Double>getValue(),
        earlyStopping.getValue(),
        tensorBoard.getValue(),
        metrics(metrics.getValue()),
        classWeight.getValue(),
        init.getValue(),
        names(freeze.getValue()),
        accumulate.<Integer>getValue(),
        ema.getValue());
  }

  private static List<Metric> metrics(String names) {
    try {
      return names(names).stream().map(Metrics::byName).toList();
    } catch (IllegalArgumentException e) {
      throw new UsageException("--metrics: " + e.getMessage());
    }
  }

  private static List<String> names(String list) {
    return list == null ? List.of() : List.of(list.split(","));
  }

  private DataArguments dataArguments() {
    String columns = discrete.getValue();
    return data.arguments(
        dataset.getValue(),
        imageShape(),
        target.getValue(),
        columns == null ? List.of() : List.of(columns.split(",")));
  }

  private Shape imageShape() {
    String name = dataset.getValue();
    String given = imageShape.getValue();
    if (given == null) {
      return ImageShape.parse(ImageShape.USUAL);
    }
    if (name != null && DataKind.of(name) != DataKind.FOLDER) {
      throw new UsageException(
          "--image-shape is for a folder of images; '" + name + "' is none. Leave it out");
    }
    return ImageShape.parse(given);
  }

  /** Returns an option's value; two have another default for tables, and null without a dataset. */
  private Object value(OptionSpec option) {
    String name = dataset.getValue();
    if (option.getValue() != null || name == null) {
      return option.getValue();
    }
    boolean table = DataKind.of(name) == DataKind.TABLE;
    if (option == model) {
      return table ? "mlp" : "workshop";
    }
    return option == batchSize ? Integer.valueOf(table ? 32 : 128) : null;
  }

  /** Returns what {@link #parse} makes the same run from, in any working directory. */
  final List<String> words() {
    List<String> words = new ArrayList<>();
    for (OptionSpec option : own) {
      Object value = value(option);
      if (Boolean.TRUE.equals(value)) {
        words.add(option.longestName());
      } else if (value != null && !Boolean.FALSE.equals(value)) {
        words.add(option.longestName() + "=" + absolute(option));
      }
    }
    words.add(DataKind.absolute(dataset.getValue()));
    return words;
  }

  /** Returns an option's value so that it holds in any working directory. */
  private Object absolute(OptionSpec option) {
    Object value = value(option);
    if (value instanceof Path path) {
      return path.toAbsolutePath().normalize();
    }
    return option == model ? ModelSource.absolute((String) value) : value;
  }

  /** Wants what is given again to be as it was when a run was begun. */
  final void requireSame(TrainOptions begun) {
    for (OptionSpec option : spec().commandLine().getParseResult().matchedOptions()) {
      if (own.contains(option)) {
        Object before = begun.spec().findOption(option.longestName()).getValue();
        requireSame(option.longestName(), before, absolute(option));
      }
    }
    if (dataset.getValue() != null) {
      requireSame("<dataset>", begun.dataset.getValue(), DataKind.absolute(dataset.getValue()));
    }
  }

  private static void requireSame(String name, Object before, Object given) {
    if (!given.equals(before)) {
      throw new UsageException(
          "the run was begun with "
              + name
              + " "
              + before
              + ", not "
              + given
              + ". A run goes on with its own arguments: leave it out, or begin a new run");
    }
  }
}
