// SPDX-License-Identifier: Apache-2.0
package io.convoy.testkit;

import io.convoy.ops.GatherImages;
import io.convoy.tensor.DType;
import io.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * Batches out of a data set on the device: sizes with and without whole vectors, repeats, at the
 * beginning, in the middle and at the end of an order.
 */
final class GatherCases {
  private static final Tolerance TOLERANCE =
      new Tolerance(1e-6, 1e-6, "1/255 is rounded before it is multiplied by");

  private GatherCases() {}

  static List<OpCase> all(DType type) {
    List<OpCase> cases = new ArrayList<>();
    cases.add(gather(type, 1, 0, new int[] {1, 1, 1, 1}, 0));
    cases.add(gather(type, 3, 0, new int[] {5, 28, 28, 1}, 4, 0, 3, 1));
    cases.add(gather(type, 3, 2, new int[] {300, 2, 2, 1}, 299, 255, 0, 128, 7));
    cases.add(gather(type, 7, 1, new int[] {9, 3, 5, 3}, 4, 8, 8, 0, 1, 2, 3, 7, 5));
    cases.add(gather(type, 3, 1, new int[] {4, 16, 17, 4}, 3, 2, 1, 0));
    return cases;
  }

  /** Pixels are {@code [instances, height, width, channels]}. */
  private static OpCase gather(DType type, int batch, int position, int[] shape, int... order) {
    byte[] pixels = new byte[(int) Shape.of(shape).elements()];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i * 31 + i / 251); // every value, no two images alike
    }
    int[] labels = new int[shape[0]];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = 1000 - i;
    }
    return OpCase.of(
        "gather/" + batch + " from " + position + " of " + Shape.of(shape),
        TOLERANCE,
        s ->
            s.op(
                new GatherImages(batch, type),
                s.bytes(pixels, shape),
                s.integers(labels, labels.length),
                s.integers(order, order.length),
                s.counter(position)));
  }
}
