// SPDX-License-Identifier: Apache-2.0
package io.convoy.cli;

import io.convoy.backend.Devices;
import io.convoy.data.Dataset;
import io.convoy.model.CompileOptions;
import io.convoy.model.Evaluation;
import io.convoy.model.Model;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code convoy evaluate}. */
@Command(
    name = "evaluate",
    description = "Measures a saved model on a test set.",
    showDefaultValues = true)
final class EvaluateCommand implements Callable<Integer> {
  private static final int BATCH = 128;

  @Spec CommandSpec spec;

  @Parameters(index = "0", paramLabel = "<model file>", description = "A saved model.")
  Path file;

  @Parameters(index = "1", paramLabel = "<dataset>", description = Datasets.HELP)
  String dataset;

  @Option(
      names = "--device",
      paramLabel = "<device>",
      defaultValue = Devices.AUTO,
      description = "auto, cpu, cuda[:i] or reference.")
  String device;

  @Override
  public Integer call() throws IOException {
    try (Model model = Model.load(file, CompileOptions.defaults().device(device))) {
      Dataset test = Datasets.load(dataset).test();
      Evaluation evaluation = model.evaluate(test, BATCH);
      StringBuilder line = new StringBuilder("test: loss ");
      line.append(Numbers.fixed(evaluation.loss(), 4));
      evaluation
          .metrics()
          .forEach(
              (name, v) -> line.append(", ").append(name).append(' ').append(Numbers.fixed(v, 4)));
      line.append(", ").append(Numbers.grouped(test.size())).append(" images");
      spec.commandLine().getOut().println(line);
      return Main.OK;
    }
  }
}
