// SPDX-License-Identifier: Apache-2.0
package io.convoy.cli;

import io.convoy.data.CsvEncoding;
import io.convoy.data.CsvTable;
import io.convoy.data.Images;
import io.convoy.model.CompileOptions;
import io.convoy.model.Model;
import io.convoy.tensor.Shape;
import io.convoy.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code convoy predict}. */
final class PredictCommand extends Command {
  private static final int SHOWN = 10;

  private final PositionalParamSpec model =
      add(argument("0", "<model file>", Path.class, "A saved model."));
  private final PositionalParamSpec files =
      add(
          argument(
                  "1..*",
                  "<file>",
                  Path[].class,
                  "PNG or JPEG, grey or colour, of any size; light on dark, as in the training"
                      + " data. For a model of a table: CSV files with its columns.")
              .arity("1..*"));
  private final OptionSpec device = add(device());
  private final OptionSpec precision = add(precision());

  PredictCommand() {
    super("predict", "Tells the classes of images, the most probable first, or of a table's rows.");
  }

  @Override
  public Integer call() throws IOException {
    CompileOptions options = compileOptions(device.getValue(), precision.getValue());
    try (Model loaded = Model.load(model.getValue(), options)) {
      Optional<CsvEncoding> encoding = loaded.datasetInfo().encoding();
      for (Path file : files.<Path[]>getValue()) {
        if (encoding.isPresent()) {
          Tensor rows = encoding.get().features(CsvTable.read(file));
          printRows(file, loaded.predict(rows), loaded.classNames());
        } else {
          printImage(file, loaded);
        }
      }
      return Main.OK;
    }
  }

  private void printImage(Path image, Model loaded) throws IOException {
    int[] batch = loaded.features().shape().withBatch(1).dims();
    Shape instance = ImageShape.of(loaded);
    Tensor input = Tensor.of(Images.read(image, instance), batch);
    float[] outputs = probabilities(loaded.predict(input).floats());
    out().println(image);
    ranked(outputs)
        .limit(SHOWN)
        .forEach(i -> out().println("  " + line(outputs, i, loaded.classNames())));
  }

  /** Tells the most probable class of each row, numbered from 1. */
  private void printRows(Path table, Tensor predictions, List<String> names) {
    out().println(table);
    float[] all = predictions.floats(); // [rows, classes]
    int classes = predictions.spec().shape().elementsPerRow();
    for (int row = 0; row < all.length / classes; row++) {
      float[] outputs = probabilities(Arrays.copyOfRange(all, row * classes, (row + 1) * classes));
      int best = ranked(outputs).findFirst().orElseThrow();
      out().println("  " + (row + 1) + "  " + line(outputs, best, names));
    }
  }

  /** A single output is the probability of the second of two classes. */
  private static float[] probabilities(float[] outputs) {
    return outputs.length == 1 ? new float[] {1 - outputs[0], outputs[0]} : outputs;
  }

  private static Stream<Integer> ranked(float[] outputs) {
    return IntStream.range(0, outputs.length)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> -outputs[i]));
  }

  private static String line(float[] outputs, int output, List<String> names) {
    return names.get(output) + "  " + Numbers.fixed(outputs[output], 4);
  }
}
