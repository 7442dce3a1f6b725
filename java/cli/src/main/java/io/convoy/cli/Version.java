// SPDX-License-Identifier: Apache-2.0
package io.convoy.cli;

import io.convoy.files.Producer;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {Producer.NAME + " " + Producer.version()};
  }
}
