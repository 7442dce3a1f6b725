// SPDX-License-Identifier: Apache-2.0
package io.convoy.testkit;

import io.convoy.ops.GatherImages;
import java.util.ArrayList;
import java.util.List;

/** Batches out of a data set on the device: sizes with and without whole vectors, repeats. */
final class GatherCases {
  private static final Tolerance TOLERANCE =
      new Tolerance(1e-6, 1e-6, "1/255 is rounded before it is multiplied by");

  private GatherCases() {}

  static List<OpCase> all() {
    List<OpCase> cases = new ArrayList<>();
    cases.add(gather(1, 1, 1, 1, 0));
    cases.add(gather(5, 28, 28, 1, 4, 0, 3));
    cases.add(gather(300, 2, 2, 1, 299, 255, 0, 128, 7));
    cases.add(gather(9, 3, 5, 3, 8, 8, 0, 1, 2, 3, 7));
    cases.add(gather(4, 16, 17, 4, 3, 2, 1, 0));
    return cases;
  }

  private static OpCase gather(int instances, int height, int width, int channels, int... order) {
    byte[] pixels = new byte[instances * height * width * channels];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i * 31 + i / 251); // every value, no two images alike
    }
    int[] labels = new int[instances];
    for (int i = 0; i < instances; i++) {
      labels[i] = 1000 - i;
    }
    String shape = instances + "x" + height + "x" + width + "x" + channels;
    return OpCase.of(
        "gather/" + order.length + " of " + shape,
        TOLERANCE,
        s ->
            s.op(
                new GatherImages(),
                s.bytes(pixels, instances, height, width, channels),
                s.integers(labels, instances),
                s.integers(order, order.length)));
  }
}
