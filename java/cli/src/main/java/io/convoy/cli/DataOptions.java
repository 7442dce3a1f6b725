// SPDX-License-Identifier: Apache-2.0
package io.convoy.cli;

import io.convoy.tensor.Shape;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine.Model.OptionSpec;

/** The options that say where a dataset's test set and files are. */
final class DataOptions {
  private final OptionSpec copy;
  private final OptionSpec testSplit;

  /**
   * Makes the options.
   *
   * @param add adds one to a command
   * @param usual the share of a folder or table, in words, if none is given
   */
  DataOptions(Function<OptionSpec.Builder, OptionSpec> add, String usual) {
    copy =
        add.apply(
            Command.option(
                "--data",
                "<folder>",
                Path.class,
                "Your own copy of " + DataArguments.remoteNames() + ", packed or unpacked."));
    testSplit =
        add.apply(
            Command.option(
                "--test-split",
                "<share>",
                Double.class,
                "Of the images of a folder without test set, or of a table's rows: the test set,"
                    + " by class. Default: "
                    + usual));
  }

  DataArguments arguments(String name, Shape imageShape, String target, List<String> discrete) {
    return new DataArguments(
        name, copy.getValue(), imageShape, target, discrete, testSplit.getValue());
  }
}
