// SPDX-License-Identifier: Apache-2.0
package io.convoy.cli;

import io.convoy.files.AtomicFile;
import io.convoy.model.Network;
import io.convoy.report.NetworkPlot;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code convoy plot}. */
final class PlotCommand extends NetworkCommand {
  private static final String SVG = ".svg";
  private static final String DOT = ".dot";

  private final PositionalParamSpec file =
      add(
          argument(
              "1",
              "<file>",
              Path.class,
              "Where to: " + SVG + " for a drawing, " + DOT + " for Graphviz."));

  PlotCommand() {
    super("plot", "Draws the layers of a network: shapes, parameters, and what is fused.");
  }

  @Override
  public Integer call() throws IOException {
    Path to = file.getValue();
    String name = to.toString();
    if (!name.endsWith(SVG) && !name.endsWith(DOT)) {
      throw new UsageException(
          "'" + to + "' is neither " + SVG + " nor " + DOT + ". Name a file that ends in one");
    }
    Network network = network();
    NetworkPlot plot = UsageException.check(() -> NetworkPlot.of(network));
    AtomicFile.write(to, name.endsWith(SVG) ? plot.svg() : plot.dot());
    return Main.OK;
  }
}
