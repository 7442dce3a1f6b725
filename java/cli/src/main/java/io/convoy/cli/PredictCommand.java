// SPDX-License-Identifier: Apache-2.0
package io.convoy.cli;

import io.convoy.backend.Devices;
import io.convoy.data.Images;
import io.convoy.model.CompileOptions;
import io.convoy.model.Model;
import io.convoy.tensor.Shape;
import io.convoy.tensor.Tensor;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code convoy predict}. */
@Command(
    name = "predict",
    description = "Tells the classes of images, the most probable first.",
    showDefaultValues = true)
final class PredictCommand implements Callable<Integer> {
  private static final int SHOWN = 10;

  @Spec CommandSpec spec;

  @Parameters(index = "0", paramLabel = "<model file>", description = "A saved model.")
  Path file;

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "<image>",
      description =
          "PNG or JPEG, grey or colour, of any size; as in the training data, light on dark.")
  List<Path> images;

  @Option(
      names = "--device",
      paramLabel = "<device>",
      defaultValue = Devices.AUTO,
      description = "auto, cpu, cuda[:i] or reference.")
  String device;

  @Override
  public Integer call() throws IOException {
    try (Model model = Model.load(file, CompileOptions.defaults().device(device))) {
      int[] batch = model.features().shape().withBatch(1).dims();
      Shape instance = Shape.of(Arrays.copyOfRange(batch, 1, batch.length));
      for (Path image : images) {
        Tensor input = Tensor.of(Images.read(image, instance), batch);
        print(image, model.predict(input).floats());
      }
      return Main.OK;
    }
  }

  private void print(Path image, float[] probabilities) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(image);
    IntStream.range(0, probabilities.length)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> -probabilities[i]))
        .limit(SHOWN)
        .forEach(i -> out.println("  " + i + "  " + Numbers.fixed(probabilities[i], 4)));
  }
}
