// SPDX-License-Identifier: Apache-2.0
package io.convoy.cli;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
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

  private static final Map<String, Supplier<Object>> COMMANDS = new LinkedHashMap<>();

  static {
    COMMANDS.put("train", TrainCommand::new);
    COMMANDS.put("evaluate", EvaluateCommand::new);
    COMMANDS.put("predict", PredictCommand::new);
    COMMANDS.put("devices", DevicesCommand::new);
    COMMANDS.put("summary", SummaryCommand::new);
  }

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
    RootCommand root = new RootCommand();
    return commandLine(root, args)
        .setOut(out)
        .setErr(err)
        .setParameterExceptionHandler(
            (e, arguments) -> {
              err.println(Failures.PREFIX + usage(e));
              return USAGE;
            })
        .setExecutionExceptionHandler(
            (e, line, parsed) -> {
              Failures.print(e, root.verbose, err);
              return e instanceof UsageException ? USAGE : FAILED;
            })
        .execute(args);
  }

  /** Makes only the command that is called, if one is: reflection on all takes 0.1 s. */
  private static CommandLine commandLine(RootCommand root, String... args) {
    CommandLine line = new CommandLine(root);
    List<String> called = args.length > 0 ? List.of(args[0]) : List.of();
    boolean known = COMMANDS.keySet().containsAll(called) && !called.isEmpty();
    COMMANDS.forEach(
        (name, command) -> {
          if (!known || called.contains(name)) {
            line.addSubcommand(name, command.get());
          }
        });
    return line.setCaseInsensitiveEnumValuesAllowed(true);
  }

  private static String usage(ParameterException e) {
    StringBuilder text = new StringBuilder(e.getMessage());
    if (e instanceof UnmatchedArgumentException unmatched) {
      List<String> suggestions = unmatched.getSuggestions();
      if (!suggestions.isEmpty()) {
        text.append("; did you mean ").append(String.join(" or ", suggestions)).append('?');
      }
    }
    String command = e.getCommandLine().getCommandSpec().qualifiedName();
    return text.append(" ('").append(command).append(" --help' tells more)").toString();
  }
}
