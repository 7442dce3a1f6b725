// SPDX-License-Identifier: Apache-2.0
package io.convoy.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code convoy} itself: what all commands share. */
@Command(
    name = "convoy",
    description = "Trains convolutional networks.",
    synopsisSubcommandLabel = "<command>",
    versionProvider = Version.class,
    scope = ScopeType.INHERIT)
final class RootCommand implements Runnable {
  static final String VERBOSE = "--verbose";

  @Spec CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Show this help and exit.")
  boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      scope = ScopeType.INHERIT,
      description = "Show the version and exit.")
  boolean version;

  @Option(
      names = VERBOSE,
      scope = ScopeType.INHERIT,
      description = "Show the stack trace of an error.")
  boolean verbose;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "No command is given");
  }
}
