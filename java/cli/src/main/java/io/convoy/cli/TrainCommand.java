// SPDX-License-Identifier: Apache-2.0
package io.convoy.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** {@code convoy train}. */
final class TrainCommand extends TrainOptions {
  private final OptionSpec out =
      add(
          option(
              "--out",
              "<folder>",
              Path.class,
              "The run folder. Default: runs/<dataset>-<model>-<time>."));
  private final OptionSpec resume =
      add(
          option(
              "--resume",
              "<folder>",
              Path.class,
              "Go on with the run in this folder, with the arguments it was begun with."));
  private final OptionSpec quiet = add(flag("--quiet", "Print nothing but errors."));

  TrainCommand() {
    super("train", "Trains a network, and keeps report, checkpoint and models in a run folder.");
  }

  @Override
  public Integer call() throws IOException {
    PrintWriter printer = isQuiet() ? new PrintWriter(OutputStream.nullOutputStream()) : out();
    Path folder = resume.getValue();
    return folder == null ? begin(printer) : resume(RunFolder.existing(folder), printer);
  }

  private int begin(PrintWriter printer) throws IOException {
    TrainArguments arguments = arguments();
    Background<TrainingData> reading = read(arguments, printer);
    Optional<Path> wanted = Optional.ofNullable(out.getValue());
    RunFolder folder = RunFolder.fresh(wanted, arguments.data().name(), arguments.model());
    return new TrainingRun(arguments, words(), folder, printer, rewrites()).run(reading);
  }

  private int resume(RunFolder folder, PrintWriter printer) throws IOException {
    TrainCommand begun = parse(folder.readArguments());
    if (out.getValue() != null) {
      throw new UsageException("--resume goes on in its own folder. Leave out --out");
    }
    requireSame(begun);
    TrainArguments arguments = begun.arguments();
    if (folder.isFinished()) {
      printer.println("the run in " + folder.path() + " is finished; see " + folder.page());
      return Main.OK;
    }
    return new TrainingRun(arguments, begun.words(), folder, printer, rewrites())
        .run(read(arguments, printer));
  }

  /** Begins to read the data: that takes longer than all else before the first step. */
  private static Background<TrainingData> read(TrainArguments arguments, PrintWriter printer) {
    return Background.start(() -> TrainingData.load(arguments, printer::println));
  }

  private boolean isQuiet() {
    return quiet.<Boolean>getValue();
  }

  private boolean rewrites() {
    return !isQuiet() && Terminal.isThere();
  }

  /** Reads the arguments that a run was begun with. */
  static TrainCommand parse(List<String> words) {
    TrainCommand command = new TrainCommand();
    new CommandLine(command.spec())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .parseArgs(words.toArray(String[]::new));
    return command;
  }
}
