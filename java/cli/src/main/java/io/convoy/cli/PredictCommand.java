// SPDX-License-Identifier: Apache-2.0
package io.convoy.cli;

import io.convoy.data.Images;
import io.convoy.model.CompileOptions;
import io.convoy.model.Model;
import io.convoy.tensor.Shape;
import io.convoy.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.IntStream;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code convoy predict}. */
final class PredictCommand extends Command {
  private static final int SHOWN = 10;

  private final PositionalParamSpec file =
      add(argument("0", "<model file>", Path.class, "A saved model."));
  private final PositionalParamSpec images =
      add(
          argument(
                  "1..*",
                  "<image>",
                  Path[].class,
                  "PNG or JPEG, grey or colour, of any size; light on dark, as in the training"
                      + " data.")
              .arity("1..*"));
  private final OptionSpec device = add(device());

  PredictCommand() {
    super("predict", "Tells the classes of images, the most probable first.");
  }

  @Override
  public Integer call() throws IOException {
    CompileOptions options = CompileOptions.defaults().device(device.getValue());
    try (Model model = Model.load(file.getValue(), options)) {
      int[] batch = model.features().shape().withBatch(1).dims();
      Shape instance = ImageShape.of(model);
      for (Path image : images.<Path[]>getValue()) {
        Tensor input = Tensor.of(Images.read(image, instance), batch);
        print(image, model.predict(input).floats());
      }
      return Main.OK;
    }
  }

  private void print(Path image, float[] probabilities) {
    out().println(image);
    IntStream.range(0, probabilities.length)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> -probabilities[i]))
        .limit(SHOWN)
        .forEach(i -> out().println("  " + i + "  " + Numbers.fixed(probabilities[i], 4)));
  }
}
