// SPDX-License-Identifier: Apache-2.0
package io.convoy.cli;

import io.convoy.model.TrainedNetwork;
import io.convoy.tensor.Shape;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code convoy import}. */
final class ImportCommand extends Command {
  private static final String FROM = "--from";

  private final PositionalParamSpec file =
      add(argument("0", "<file>", Path.class, "What others wrote."));
  private final PositionalParamSpec written =
      add(argument("1", "<model file>", Path.class, "The model to write, such as m.safetensors."));
  private final OptionSpec from =
      add(
          option(
              FROM,
              "<format>",
              String.class,
              Format.imported() + "; else the file's name tells it."));
  private final OptionSpec model =
      add(
          option(
              "--model", "<model>", String.class, ModelSource.help(": whose weights they are.")));
  private final OptionSpec inputShape = add(inputShape());
  private final OptionSpec classes = add(classes());

  ImportCommand() {
    super("import", "Makes a model of weights that others wrote.");
  }

  @Override
  public Integer call() throws IOException {
    Format format = Format.of(from.getValue(), file.getValue(), FROM);
    Format.Importer importer =
        format
            .importer()
            .orElseThrow(() -> new UsageException(format.name() + " can be written, not read"));
    TrainedNetwork trained = importer.read(file.getValue(), this::source);
    trained.save(written.getValue());
    out()
        .println(
            written.getValue()
                + ": "
                + trained.network().name()
                + ", "
                + Numbers.grouped(trained.parameters())
                + " parameters");
    return Main.OK;
  }

  private ModelSource source() throws IOException {
    if (model.getValue() == null) {
      throw new UsageException(
          "'" + file.getValue() + "' holds weights alone; name their network with --model");
    }
    Shape instance = UsageException.check(() -> Shape.of(inputShape.<int[]>getValue()));
    return ModelSource.of(model.getValue(), instance, classes.<Integer>getValue(), SHAPES);
  }
}
