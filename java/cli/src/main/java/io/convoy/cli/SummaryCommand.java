// SPDX-License-Identifier: Apache-2.0
package io.convoy.cli;

import io.convoy.model.Network;
import java.io.IOException;

/** {@code convoy summary}. */
final class SummaryCommand extends NetworkCommand {
  SummaryCommand() {
    super("summary", "Shows the layers of a network: shapes and parameters.");
  }

  @Override
  public Integer call() throws IOException {
    Network network = network();
    out().print(UsageException.check(network::summary));
    out().flush();
    return Main.OK;
  }
}
