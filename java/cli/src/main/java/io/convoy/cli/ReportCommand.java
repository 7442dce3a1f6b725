// SPDX-License-Identifier: Apache-2.0
package io.convoy.cli;

import io.convoy.metrics.Predictions;
import io.convoy.model.CompileOptions;
import io.convoy.model.Model;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code convoy report}. */
final class ReportCommand extends Command {
  private final PositionalParamSpec run =
      add(argument("0", "<run folder>", Path.class, "Of a train that has ended an epoch."));
  private final OptionSpec dataset =
      add(
          option(
              "--data",
              "<dataset>",
              String.class,
              "Where the data, or your own copy of them, are now. Default: where they were."));
  private final OptionSpec device = add(device());

  ReportCommand() {
    super("report", "Builds report.html of a run folder again, with its charts and pictures.");
  }

  @Override
  public Integer call() throws IOException {
    RunFolder folder = RunFolder.existing(run.getValue());
    TrainArguments arguments = TrainCommand.parse(words(folder)).arguments();
    TrainingData data = TrainingData.load(arguments, out()::println);
    Path weights = folder.model();
    CompileOptions options = CompileOptions.defaults().device(device.getValue());
    try (Model model = Model.load(weights, options)) {
      Predictions test = Predictions.of(model, data.all().test(), arguments.batchSize());
      RunPage page = new RunPage(folder, model, data);
      out().println(page.write(weights.getFileName().toString(), Optional.of(test)));
    }
    return Main.OK;
  }

  /** The run's arguments, with the data where they are now; a run keeps its dataset last. */
  private List<String> words(RunFolder folder) throws IOException {
    List<String> words = new ArrayList<>(folder.readArguments());
    String now = dataset.getValue();
    int last = words.size() - 1;
    if (now != null && DataKind.of(words.get(last)) == DataKind.REMOTE) {
      words.removeIf(word -> word.startsWith("--data="));
      words.add("--data=" + now);
    } else if (now != null) {
      words.set(last, now);
    }
    return words;
  }
}
