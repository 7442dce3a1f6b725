// SPDX-License-Identifier: Apache-2.0
package io.convoy.cli;

import io.convoy.model.Network;
import io.convoy.tensor.Shape;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code convoy summary}. */
@Command(
    name = "summary",
    description = "Shows the layers of a network: shapes and parameters.",
    showDefaultValues = true)
final class SummaryCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Parameters(
      paramLabel = "<model>",
      completionCandidates = ModelSource.Names.class,
      description = "One of ${COMPLETION-CANDIDATES}, or a .safetensors file.")
  String model;

  @Option(
      names = "--input-shape",
      paramLabel = "<h,w,c>",
      hideParamSyntax = true,
      split = ",",
      defaultValue = "28,28,1",
      description = "Of one image; a saved model has its own.")
  int[] inputShape;

  @Option(
      names = "--classes",
      paramLabel = "<n>",
      defaultValue = "10",
      description = "How many; a saved model has its own.")
  int classes;

  @Override
  public Integer call() throws IOException {
    Shape instance = UsageException.check(() -> Shape.of(inputShape));
    Network network = ModelSource.network(model, instance, classes);
    spec.commandLine().getOut().print(UsageException.check(network::summary));
    spec.commandLine().getOut().flush();
    return Main.OK;
  }
}
