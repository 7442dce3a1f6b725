// SPDX-License-Identifier: Apache-2.0
package io.convoy.cli;

import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** The {@code convoy} command. */
public final class Main {
  /** The run did what was asked. */
  static final int OK = 0;

  /** The run failed. */
  static final int FAILED = 1;

  /** The arguments can't be used. */
  static final int USAGE = 2;

  /** The run was stopped by Ctrl-C: 128 and the signal's number, as shells have it. */
  static final int INTERRUPTED = 130;

  private static final List<String> COMMANDS =
      List.of(
          "train",
          "evaluate",
          "predict",
          "devices",
          "summary",
          "plot",
          "report",
          "export",
          "import");

  private Main() {}

  /**
   * Runs the command and ends the process with its exit code: 0, 1 for a failed run, 2 for bad
   * usage, 130 for an interrupted run.
   *
   * @param args command and arguments
   */
  public static void main(String[] args) {
    int code = run(new PrintWriter(System.out, true), new PrintWriter(System.err, true), args);
    if (code != OK) {
      System.exit(code);
    }
  }

  static int run(PrintWriter out, PrintWriter err, String... args) {
    CommandLine line =
        new CommandLine(root(args))
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setOut(out)
            .setErr(err)
            .setParameterExceptionHandler(Main::refuse)
            .setExecutionExceptionHandler(Main::fail);
    try {
      return line.execute(args);
    } catch (OutOfMemoryError e) { // picocli hands over exceptions alone
      Failures.print(e, false, err);
      return FAILED;
    }
  }

  /** Makes only the command that is called, if one is: to make all takes a part of the start-up. */
  private static CommandSpec root(String... args) {
    CommandSpec root = CommandSpec.create().name("convoy").versionProvider(new Version());
    root.usageMessage()
        .description("Trains convolutional networks.")
        .synopsisSubcommandLabel("<command>");
    Command.addHelp(root);
    boolean known = args.length > 0 && COMMANDS.contains(args[0]);
    for (String name : known ? List.of(args[0]) : COMMANDS) {
      root.addSubcommand(name, command(name).spec());
    }
    return root;
  }

  private static Command command(String name) {
    return switch (name) {
      case "train" -> new TrainCommand();
      case "evaluate" -> new EvaluateCommand();
      case "predict" -> new PredictCommand();
      case "devices" -> new DevicesCommand();
      case "summary" -> new SummaryCommand();
      case "plot" -> new PlotCommand();
      case "export" -> new ExportCommand();
      case "import" -> new ImportCommand();
      default -> new ReportCommand();
    };
  }

  private static int refuse(ParameterException e, String... args) {
    StringBuilder text = new StringBuilder(Failures.PREFIX).append(e.getMessage());
    if (e instanceof UnmatchedArgumentException unmatched) {
      List<String> suggestions = unmatched.getSuggestions();
      if (!suggestions.isEmpty()) {
        text.append("; did you mean ").append(String.join(" or ", suggestions)).append('?');
      }
    }
    String command = e.getCommandLine().getCommandSpec().qualifiedName();
    text.append(" ('").append(command).append(" --help' tells more)");
    e.getCommandLine().getErr().println(text);
    return USAGE;
  }

  private static int fail(Exception e, CommandLine line, ParseResult parsed) {
    Command command = (Command) line.getCommandSpec().userObject();
    Failures.print(e, command.isVerbose(), line.getErr());
    return e instanceof UsageException ? USAGE : FAILED;
  }
}
