// SPDX-License-Identifier: Apache-2.0
package io.convoy.cli;

import io.convoy.model.TrainedNetwork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code convoy export}. */
final class ExportCommand extends Command {
  private static final String TO = "--to";

  private final PositionalParamSpec model =
      add(argument("0", "<model file>", Path.class, "A saved model."));
  private final PositionalParamSpec file =
      add(argument("1", "<file>", Path.class, "What to write, such as model.onnx."));
  private final OptionSpec to =
      add(
          option(
              TO,
              "<format>",
              String.class,
              Format.exported() + "; else the file's name tells it."));

  ExportCommand() {
    super("export", "Writes a saved model in a format of others.");
  }

  @Override
  public Integer call() throws IOException {
    Path written = file.getValue();
    Format format = Format.of(to.getValue(), written, TO);
    format.exporter().write(TrainedNetwork.load(model.getValue()), written);
    String size = Numbers.grouped(Files.size(written));
    out().println(written + ": " + format.name() + ", " + size + " bytes");
    return Main.OK;
  }
}
