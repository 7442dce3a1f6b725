// SPDX-License-Identifier: Apache-2.0
package io.convoy.testkit;

import io.convoy.graph.Value;
import io.convoy.nn.Mixing;
import io.convoy.ops.AugmentImages;
import io.convoy.ops.Augmentation;
import io.convoy.ops.RandomQuantile;
import io.convoy.ops.Reverse;
import io.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/** Augmentation: every limit alone and all together; what mixup consists of. */
final class AugmentCases {
  /** A pixel, odd and even sides, several channels, more rows than columns and fewer. */
  private static final int[][] SHAPES = {
    {1, 1, 1, 1}, {5, 8, 8, 1}, {3, 7, 5, 3}, {2, 16, 33, 2}, {4, 28, 28, 1}
  };

  private static final List<Augmentation> COPIES =
      List.of(
          Augmentation.flip(false, false),
          Augmentation.flip(true, false),
          Augmentation.flip(false, true),
          Augmentation.crop(1),
          Augmentation.crop(40), // some crops miss the image
          Augmentation.erasing(1),
          Augmentation.erasing(4),
          Augmentation.erasing(100),
          new Augmentation(true, true, 4, 0, 0, 0, 0, 0, 5));

  private static final List<Augmentation> CHANGES =
      List.of(
          Augmentation.translation(0.2f),
          Augmentation.translation(1),
          Augmentation.rotation(0.05f),
          Augmentation.rotation(1),
          Augmentation.zoom(0.2f),
          Augmentation.zoom(0.99f),
          Augmentation.contrast(1),
          Augmentation.brightness(1),
          new Augmentation(true, true, 2, 0.1f, 0.1f, 0.2f, 0.3f, 0.2f, 3));

  private static final Tolerance MOVED =
      new Tolerance(
          4e-5,
          1.3e-6,
          "a place 20 pixels from the centre, times the sine of a rounded angle, has an error of"
              + " some 2^-17 in float, and neighbours differ by up to 2");

  private AugmentCases() {}

  static List<OpCase> all() {
    List<OpCase> cases = new ArrayList<>();
    for (int[] shape : SHAPES) {
      COPIES.forEach(a -> cases.add(images(a, Tolerance.exact(), 0, shape)));
      CHANGES.forEach(a -> cases.add(images(a, MOVED, 0, shape)));
    }
    Augmentation all = CHANGES.get(CHANGES.size() - 1);
    for (int step : new int[] {1, 123456, Integer.MAX_VALUE}) {
      cases.add(images(all, MOVED, step, 33, 9, 8, 1));
    }
    for (int step = 0; step < 4; step++) {
      cases.add(share(step));
    }
    cases.add(reverse(1, 3));
    cases.add(reverse(2, 1));
    cases.add(reverse(5, 7));
    cases.add(reverse(8, 4, 2, 6));
    cases.add(reverse(33, 28, 28, 1));
    cases.add(mix());
    return cases;
  }

  private static OpCase images(Augmentation limits, Tolerance tolerance, int step, int... shape) {
    AugmentImages op = new AugmentImages(limits, -1234567890123456789L, (9 << 24) + 7);
    return OpCase.of(
        "augment/" + Shape.of(shape) + " step " + step + " " + limits,
        tolerance,
        s -> s.op(op, s.fixed(Data.UNIT, shape), s.counter(step)));
  }

  /** A share for mixup; the first quantiles of a small alpha are tiny. */
  private static OpCase share(int step) {
    return OpCase.of(
        "augment/share step " + step,
        Tolerance.elementwise(),
        s -> {
          s.iterations(step);
          Value quantiles = s.fixed(Data.of(0, 0.1f, 0.7f, 1), 4);
          return List.of(
              s.op(new RandomQuantile(5, 9 << 24), quantiles, s.graph().iterations()).get(0),
              Mixing.randomBeta(s.graph(), 0.2));
        });
  }

  private static OpCase reverse(int... shape) {
    int[] labels = new int[shape[0]];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = 1000 - i * i;
    }
    return OpCase.smooth(
        "augment/reverse " + Shape.of(shape),
        Tolerance.exact(),
        s ->
            List.of(
                s.op(new Reverse(), s.input(Data.UNIT, shape)).get(0),
                s.op(new Reverse(), s.integers(labels, labels.length)).get(0)));
  }

  private static OpCase mix() {
    return OpCase.smooth(
        "augment/mix",
        Tolerance.elementwise(),
        s -> {
          Value x = s.input(Data.UNIT, 5, 3, 4, 2);
          Value share = Mixing.randomBeta(s.graph(), 1);
          return List.of(Mixing.mix(x, Mixing.reverse(x), share));
        });
  }
}
