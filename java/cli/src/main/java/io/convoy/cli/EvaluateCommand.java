// SPDX-License-Identifier: Apache-2.0
package io.convoy.cli;

import io.convoy.data.Dataset;
import io.convoy.files.AtomicFile;
import io.convoy.metrics.ConfusionMatrix;
import io.convoy.model.CompileOptions;
import io.convoy.model.Evaluation;
import io.convoy.model.Model;
import java.io.IOException;
import java.nio.file.Path;
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
  private final OptionSpec device = add(device());
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
    CompileOptions options = CompileOptions.defaults().device(device.getValue());
    try (Model model = Model.load(file.getValue(), options)) {
      Dataset test = Datasets.load(dataset.getValue(), ImageShape.of(model)).test();
      print(model.evaluate(test, BATCH), test.size());
      ConfusionMatrix matrix = ConfusionMatrix.of(model, test, BATCH);
      out().print("\n" + matrix.toText(SHOWN));
      out().flush();
      if (csv.getValue() != null) {
        AtomicFile.write(csv.getValue(), matrix.toCsv());
      }
      return Main.OK;
    }
  }

  private void print(Evaluation evaluation, int images) {
    StringBuilder line = new StringBuilder("test: loss ");
    line.append(Numbers.fixed(evaluation.loss(), 4));
    evaluation
        .metrics()
        .forEach(
            (name, value) ->
                line.append(", ").append(name).append(' ').append(Numbers.fixed(value, 4)));
    out().println(line.append(", ").append(Numbers.grouped(images)).append(" images"));
  }
}
