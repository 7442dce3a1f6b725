// SPDX-License-Identifier: Apache-2.0
package io.convoy.cli;

import io.convoy.model.Network;
import io.convoy.tensor.Shape;
import java.io.IOException;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code convoy summary}. */
final class SummaryCommand extends Command {
  private final PositionalParamSpec model =
      add(argument("0", "<model>", String.class, ModelSource.help(".")));
  private final OptionSpec inputShape =
      add(
          option("--input-shape", "<h,w,c>", int[].class, "Of an image; a file has its own.")
              .splitRegex(",")
              .hideParamSyntax(true)
              .defaultValue("28,28,1"));
  private final OptionSpec classes =
      add(
          option("--classes", "<n>", int.class, "How many; a file has its own.")
              .defaultValue("10"));

  SummaryCommand() {
    super("summary", "Shows the layers of a network: shapes and parameters.");
  }

  @Override
  public Integer call() throws IOException {
    Shape instance = UsageException.check(() -> Shape.of(inputShape.<int[]>getValue()));
    Network network = ModelSource.network(model.getValue(), instance, classes.<Integer>getValue());
    out().print(UsageException.check(network::summary));
    out().flush();
    return Main.OK;
  }
}
