// SPDX-License-Identifier: Apache-2.0
package io.convoy.benchmarks;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A net of the race against PyTorch on a GPU, with the data set on the device.
 *
 * @param net its name in the zoo
 * @param side rows and columns of an image
 * @param channels of an image
 * @param batch images a step
 * @param images how many the data set has: a whole number of batches, enough for an epoch of a
 *     second or so
 * @param precision the one that both compute in
 * @param parameters trainable ones, which prove that both built the same net
 * @param aim how many times as fast as PyTorch Convoy wants to train
 */
record Race(
    String net,
    int side,
    int channels,
    int batch,
    int images,
    String precision,
    long parameters,
    double aim) {
  static final List<Race> ALL =
      List.of(
          new Race("workshop", 28, 1, 128, 65_536, "fp32", 1_668_490, 2),
          new Race("workshop", 28, 1, 128, 65_536, "bf16", 1_668_490, 2),
          new Race("lenet5", 28, 1, 128, 65_536, "fp32", 61_706, 3),
          new Race("resnet18", 32, 3, 512, 51_200, "bf16", 11_173_962, 1.3),
          new Race("resnet50", 32, 3, 128, 25_600, "bf16", 23_520_842, 1.5),
          new Race("resnet50", 224, 3, 256, 5_120, "bf16", 23_528_522, 1.2));

  /**
   * Finds a race.
   *
   * @throws IllegalArgumentException if there is none; the message names those that there are
   */
  static Race byId(String id) {
    return ALL.stream()
        .filter(race -> race.id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no race is called '"
                        + id
                        + "'; there are "
                        + ALL.stream().map(Race::id).collect(Collectors.joining(", "))));
  }

  /** Such as {@code resnet50-224-bf16}. */
  String id() {
    return net + "-" + side + "-" + precision;
  }

  /** What both sides are told. */
  List<String> args(String device, double seconds) {
    return List.of(
        "net=" + net,
        "side=" + side,
        "channels=" + channels,
        "batch=" + batch,
        "images=" + images,
        "precision=" + precision,
        "parameters=" + parameters,
        "device=" + device,
        "phases=train,infer",
        "seconds=" + seconds);
  }
}
