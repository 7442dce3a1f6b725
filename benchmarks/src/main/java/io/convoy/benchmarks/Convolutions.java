// SPDX-License-Identifier: Apache-2.0
package io.convoy.benchmarks;

import io.convoy.compile.Precision;
import io.convoy.contest.Net;
import io.convoy.losses.Losses;
import io.convoy.model.CompileOptions;
import io.convoy.model.Model;
import io.convoy.optimizers.Optimizers;
import io.convoy.tensor.Shape;
import io.convoy.zoo.Zoo;
import java.util.List;

/**
 * Prints how cuDNN computes the convolutions of training steps: what was chosen, and its time
 * beside those of the fastest of each other kind. Times stand only where there was no remembered
 * choice, so {@code -Dconvoy.cache} should name a new folder.
 */
public final class Convolutions {
  private Convolutions() {}

  /**
   * Prepares the training steps of some nets of the race, and runs none.
   *
   * @param args a device, then the nets, such as {@code cuda:0 resnet50-224-bf16}
   * @throws IllegalArgumentException if there is no such net
   */
  public static void main(String[] args) {
    for (String id : List.of(args).subList(1, args.length)) {
      Race race = Race.byId(id);
      System.out.println("== " + id + ", batch " + race.batch());
      print(race, args[0]);
    }
  }

  private static void print(Race race, String device) {
    Shape image = Shape.of(race.side(), race.side(), race.channels());
    CompileOptions options =
        CompileOptions.defaults().device(device).precision(Precision.of(race.precision()));
    try (Model model =
        Zoo.byName(race.net(), image, Net.CLASSES)
            .compile(
                Optimizers.adam(1e-3),
                Losses.SPARSE_CATEGORICAL_CROSSENTROPY,
                List.of(),
                options)) {
      model
          .trainingStep(race.batch())
          .dump()
          .lines()
          .filter(line -> line.contains(": cudnn convolution "))
          .forEach(System.out::println);
    }
  }
}
