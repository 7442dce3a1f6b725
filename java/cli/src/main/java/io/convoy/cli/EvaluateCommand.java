// SPDX-License-Identifier: Apache-2.0
package io.convoy.cli;

import io.convoy.data.Dataset;
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

  private final PositionalParamSpec file =
      add(argument("0", "<model file>", Path.class, "A saved model."));
  private final PositionalParamSpec dataset =
      add(argument("1", "<dataset>", String.class, Datasets.HELP));
  private final OptionSpec device = add(device());

  EvaluateCommand() {
    super("evaluate", "Measures a saved model on a test set.");
  }

  @Override
  public Integer call() throws IOException {
    CompileOptions options = CompileOptions.defaults().device(device.getValue());
    try (Model model = Model.load(file.getValue(), options)) {
      Dataset test = Datasets.load(dataset.getValue()).test();
      Evaluation evaluation = model.evaluate(test, BATCH);
      StringBuilder line = new StringBuilder("test: loss ");
      line.append(Numbers.fixed(evaluation.loss(), 4));
      evaluation
          .metrics()
          .forEach(
              (name, value) ->
                  line.append(", ").append(name).append(' ').append(Numbers.fixed(value, 4)));
      out().println(line.append(", ").append(Numbers.grouped(test.size())).append(" images"));
      return Main.OK;
    }
  }
}
