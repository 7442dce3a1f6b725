// SPDX-License-Identifier: Apache-2.0
package io.convoy.cli;

import io.convoy.data.CsvEncoding;
import io.convoy.data.DataException;
import io.convoy.data.Dataset;
import io.convoy.data.DatasetInfo;
import io.convoy.files.AtomicFile;
import io.convoy.metrics.ConfusionMatrix;
import io.convoy.metrics.Predictions;
import io.convoy.model.CompileOptions;
import io.convoy.model.Evaluation;
import io.convoy.model.Model;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code convoy evaluate}. */
final class EvaluateCommand extends Command {
  private static final int BATCH = 128;

  /** More columns are wider than a terminal. */
  private static final int SHOWN = 20;

  private final PositionalParamSpec file =
      add(argument("0", "<model file>", Path.class, "A saved model."));
  private final PositionalParamSpec dataset =
      add(argument("1", "<dataset>", String.class, Datasets.HELP));
  private final DataOptions data =
      new DataOptions(this::add, "0.1 of a folder, all rows of a table.");
  private final OptionSpec device = add(device());
  private final OptionSpec precision = add(precision());
  private final OptionSpec csv =
      add(
          option(
              "--csv",
              "<file>",
              Path.class,
              "Write the confusion matrix there, such as confusion.csv."));

  EvaluateCommand() {
    super(
        "evaluate",
        "Measures a saved model on a test set: loss, metrics, scores of each class, confusion"
            + " matrix.");
  }

  @Override
  public Integer call() throws IOException {
    CompileOptions options = compileOptions(device.getValue(), precision.getValue());
    try (Model model = Model.load(file.getValue(), options)) {
      Dataset test = test(model);
      Predictions predictions = Predictions.of(model, test, BATCH);
      print(predictions.evaluation(), test);
      ConfusionMatrix matrix = predictions.confusion();
      out().print("\n" + matrix.toText(model.classNames(), SHOWN));
      out().flush();
      if (csv.getValue() != null) {
        AtomicFile.write(csv.getValue(), matrix.toCsv(model.classNames()));
      }
      return Main.OK;
    }
  }

  private Dataset test(Model model) throws IOException {
    DataArguments arguments =
        data.arguments(dataset.getValue(), ImageShape.of(model), null, List.of());
    Dataset test =
        arguments.kind() == DataKind.TABLE
            ? Tables.test(arguments, encoding(model))
            : Datasets.load(arguments, Optional.empty(), spec().commandLine().getErr()::println)
                .test();
    List<String> known = model.datasetInfo().classNames();
    if (known.size() > 0 && !isNumbered(known) && !isNumbered(test.info().classNames())) {
      requireSame(known, test.info().classNames());
    }
    return test;
  }

  private CsvEncoding encoding(Model model) throws DataException {
    return model
        .datasetInfo()
        .encoding()
        .orElseThrow(
            () ->
                new DataException(
                    "'"
                        + file.getValue()
                        + "' was not trained on a table, and '"
                        + dataset.getValue()
                        + "' is one. Name a model that was"));
  }

  private static boolean isNumbered(List<String> names) {
    return names.equals(DatasetInfo.numbered(names.size()).classNames());
  }

  /** Names in another order would be other classes. */
  private static void requireSame(List<String> known, List<String> given) throws DataException {
    if (!known.equals(given)) {
      throw new DataException(
          String.format(
              "the model knows the classes %s, the data have %s. Name the data that it was made for",
              String.join(", ", known), String.join(", ", given)));
    }
  }

  private void print(Evaluation evaluation, Dataset test) {
    String size = Numbers.grouped(test.size()) + " " + TrainingData.unit(test);
    out().println("test: " + Numbers.of(evaluation) + ", " + size);
  }
}
