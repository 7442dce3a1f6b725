// SPDX-License-Identifier: Apache-2.0
package io.convoy.cli;

import io.convoy.compile.Precision;
import io.convoy.model.CompileOptions;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * A command: what it takes, and what it does. Made without picocli's annotations, since reflection
 * on them takes 0.1 s of the start-up.
 */
abstract class Command implements Callable<Integer> {
  private static final int LAST = 1;
  private static final String INPUT_SHAPE = "--input-shape";
  private static final String CLASSES = "--classes";

  /** What a network by name is made for. */
  static final String SHAPES = INPUT_SHAPE + ", " + CLASSES;

  private final CommandSpec spec = CommandSpec.wrapWithoutInspection(this);
  private final OptionSpec verbose;

  Command(String name, String description) {
    spec.name(name).versionProvider(new Version());
    spec.usageMessage()
        .description(description)
        .sortOptions(false)
        .abbreviateSynopsis(true)
        .showDefaultValues(true);
    addHelp(spec);
    verbose = add(flag("--verbose", "Show the stack trace of an error.").order(LAST));
  }

  /** Gives a command the options {@code --help} and {@code --version}. */
  static void addHelp(CommandSpec spec) {
    spec.addOption(flag("--help", "Show this help and exit.").usageHelp(true).order(LAST).build());
    spec.addOption(
        flag("--version", "Show the version and exit.").versionHelp(true).order(LAST).build());
  }

  final CommandSpec spec() {
    return spec;
  }

  final PrintWriter out() {
    return spec.commandLine().getOut();
  }

  final boolean isVerbose() {
    return verbose.<Boolean>getValue();
  }

  /** Begins an option that is given or not. */
  static OptionSpec.Builder flag(String name, String description) {
    return option(name, "", boolean.class, description).arity("0").defaultValue("false");
  }

  /** Begins an option with a value. */
  static OptionSpec.Builder option(String name, String label, Class<?> type, String description) {
    return OptionSpec.builder(name)
        .paramLabel(label)
        .type(type)
        .arity("1")
        .description(description);
  }

  /** Begins the option for the device. */
  static OptionSpec.Builder device() {
    String kinds = "auto, cpu, cuda[:i] or reference; 'convoy devices' lists them.";
    return option("--device", "<device>", String.class, kinds).defaultValue("auto");
  }

  /** Begins the option for the precision. */
  static OptionSpec.Builder precision() {
    String names = "Of the layers: fp32, tf32, bf16, fp16. All but fp32 want a GPU.";
    return option("--precision", "<name>", String.class, names)
        .defaultValue(Precision.FP32.label());
  }

  /** Makes options of what was given for {@link #device} and {@link #precision}. */
  static CompileOptions compileOptions(String device, String precision) {
    try {
      return CompileOptions.defaults().device(device).precision(Precision.of(precision));
    } catch (IllegalArgumentException e) {
      throw new UsageException(e);
    }
  }

  /** Begins the option for the shape of images, for networks by name. */
  static OptionSpec.Builder inputShape() {
    return option(INPUT_SHAPE, "<h,w,c>", int[].class, "Of an image; a file has its own.")
        .splitRegex(",")
        .hideParamSyntax(true)
        .defaultValue("28,28,1");
  }

  /** Begins the option for the number of classes, for networks by name. */
  static OptionSpec.Builder classes() {
    return option(CLASSES, "<n>", int.class, "How many; a file has its own.").defaultValue("10");
  }

  final OptionSpec add(OptionSpec.Builder option) {
    OptionSpec built = option.build();
    spec.addOption(built);
    return built;
  }

  /** Begins an argument that is known by its place: {@code 0}, or {@code 1..*} for all others. */
  static PositionalParamSpec.Builder argument(
      String place, String label, Class<?> type, String description) {
    return PositionalParamSpec.builder()
        .index(place)
        .paramLabel(label)
        .type(type)
        .arity("1")
        .required(true)
        .description(description);
  }

  final PositionalParamSpec add(PositionalParamSpec.Builder argument) {
    PositionalParamSpec built = argument.build();
    spec.addPositional(built);
    return built;
  }
}
