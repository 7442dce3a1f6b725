// SPDX-License-Identifier: Apache-2.0
package io.convoy.cli;

import io.convoy.model.Network;
import io.convoy.tensor.Shape;
import java.io.IOException;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** A command about an architecture, which needs no weights and no device. */
abstract class NetworkCommand extends Command {
  private final PositionalParamSpec model =
      add(argument("0", "<model>", String.class, ModelSource.help(".")));
  private final OptionSpec inputShape = add(inputShape());
  private final OptionSpec classes = add(classes());

  NetworkCommand(String name, String description) {
    super(name, description);
  }

  final Network network() throws IOException {
    Shape instance = UsageException.check(() -> Shape.of(inputShape.<int[]>getValue()));
    return ModelSource.network(model.getValue(), instance, classes.<Integer>getValue(), SHAPES);
  }
}
