// SPDX-License-Identifier: Apache-2.0
package io.convoy.testkit;

import io.convoy.ops.Conv2D;
import io.convoy.ops.Conv2DBackpropFilter;
import io.convoy.ops.Conv2DBackpropInput;
import io.convoy.ops.ConvSpec;
import io.convoy.ops.Padding;
import io.convoy.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.List;

/** Convolution and its gradients by image (also the transposed convolution) and by filter. */
final class ConvolutionCases {
  private static final ConvSpec VALID = ConvSpec.of(1, Padding.VALID);
  private static final ConvSpec SAME = ConvSpec.of(1, Padding.SAME);

  private ConvolutionCases() {}

  static List<OpCase> all() {
    List<OpCase> cases = new ArrayList<>();
    add(cases, "plain", VALID, image(2, 5, 6, 3), filter(3, 3, 3, 4));
    add(cases, "same", SAME, image(2, 5, 6, 3), filter(3, 3, 3, 4));
    // SAME with an odd total puts the odd pixel at the bottom and right.
    add(cases, "same even filter", SAME, image(1, 5, 4, 2), filter(2, 4, 2, 3));
    add(
        cases,
        "same stride 2 even",
        ConvSpec.of(2, Padding.SAME),
        image(2, 6, 6, 3),
        filter(3, 3, 3, 5));
    add(
        cases,
        "same stride 2 odd",
        ConvSpec.of(2, Padding.SAME),
        image(2, 7, 5, 3),
        filter(3, 3, 3, 5));
    // With a stride above the filter SAME needs no padding and skips pixels.
    add(
        cases,
        "same stride above filter",
        ConvSpec.of(3, Padding.SAME),
        image(2, 8, 7, 2),
        filter(2, 2, 2, 3));
    add(
        cases,
        "valid stride 2 leaves a rest",
        ConvSpec.of(2, Padding.VALID),
        image(1, 8, 6, 3),
        filter(3, 3, 3, 2));
    add(
        cases,
        "different strides",
        new ConvSpec(2, 3, Padding.VALID, 1, 1, 1),
        image(2, 7, 9, 2),
        filter(3, 2, 2, 3));
    add(
        cases,
        "different strides same",
        new ConvSpec(1, 2, Padding.SAME, 1, 1, 1),
        image(2, 6, 7, 2),
        filter(2, 5, 2, 3));
    add(
        cases,
        "dilation",
        new ConvSpec(1, 1, Padding.VALID, 2, 3, 1),
        image(2, 7, 9, 3),
        filter(3, 2, 3, 4));
    add(
        cases,
        "dilation same",
        new ConvSpec(1, 1, Padding.SAME, 2, 2, 1),
        image(2, 6, 5, 3),
        filter(3, 3, 3, 4));
    add(
        cases,
        "dilation and stride",
        new ConvSpec(2, 2, Padding.SAME, 2, 1, 1),
        image(1, 7, 8, 2),
        filter(3, 3, 2, 3));
    add(
        cases,
        "groups",
        new ConvSpec(1, 1, Padding.SAME, 1, 1, 2),
        image(2, 5, 5, 6),
        filter(3, 3, 3, 4));
    add(
        cases,
        "groups of 3 channels stride 2",
        new ConvSpec(2, 2, Padding.VALID, 1, 1, 3),
        image(2, 6, 7, 9),
        filter(3, 3, 3, 6));
    add(
        cases,
        "depthwise",
        new ConvSpec(1, 1, Padding.SAME, 1, 1, 5),
        image(2, 6, 6, 5),
        filter(3, 3, 1, 5));
    add(
        cases,
        "depthwise 16 stride 2",
        new ConvSpec(2, 2, Padding.SAME, 1, 1, 16),
        image(1, 6, 6, 16),
        filter(3, 3, 1, 16));
    add(
        cases,
        "depthwise multiplier 2",
        new ConvSpec(1, 1, Padding.VALID, 1, 1, 3),
        image(2, 5, 5, 3),
        filter(2, 2, 1, 6));
    add(
        cases,
        "explicit asymmetric",
        ConvSpec.of(1, Padding.explicit(2, 0, 1, 3)),
        image(2, 5, 4, 3),
        filter(3, 3, 3, 2));
    add(
        cases,
        "explicit asymmetric stride 2",
        ConvSpec.of(2, Padding.explicit(0, 1, 2, 1)),
        image(2, 6, 5, 2),
        filter(3, 4, 2, 3));
    // A window inside the padding alone makes 0.
    add(
        cases,
        "explicit beyond the filter",
        ConvSpec.of(1, Padding.explicit(3, 4, 0, 3)),
        image(1, 3, 3, 2),
        filter(2, 2, 2, 2));
    add(cases, "1x1", VALID, image(3, 4, 5, 8), filter(1, 1, 8, 7));
    add(
        cases,
        "1x1 stride 2",
        ConvSpec.of(2, Padding.VALID),
        image(2, 5, 6, 4),
        filter(1, 1, 4, 3));
    add(cases, "1x1 image", SAME, image(3, 1, 1, 5), filter(3, 3, 5, 4));
    add(cases, "filter as large as the image", VALID, image(3, 5, 4, 3), filter(5, 4, 3, 6));
    add(cases, "row filter", SAME, image(2, 4, 7, 2), filter(1, 5, 2, 3));
    // Vector widths are 8 and 16: below, at and above them, and 1.
    for (int channels : new int[] {1, 5, 8, 16, 17}) {
      add(cases, "from 1 to " + channels, VALID, image(1, 5, 5, 1), filter(3, 3, 1, channels));
      add(
          cases,
          "same from " + channels + " to 16",
          SAME,
          image(3, 4, 4, channels),
          filter(3, 3, channels, 16));
    }
    add(cases, "from 32 to 64", VALID, image(2, 7, 7, 32), filter(3, 3, 32, 64));
    add(cases, "from 17 to 1", SAME, image(7, 3, 3, 17), filter(3, 3, 17, 1));
    // Shapes for which oneDNN 3.13 chooses implementations that are wrong.
    add(
        cases,
        "1 channel, strides 1x2",
        columns(2, Padding.VALID),
        image(4, 13, 4, 1),
        filter(2, 3, 1, 16));
    add(
        cases,
        "1x1 strides 1x2",
        columns(2, Padding.SAME),
        image(4, 13, 14, 4),
        filter(1, 1, 4, 16));
    add(
        cases,
        "1x1 strides 2x1",
        new ConvSpec(2, 1, Padding.VALID, 1, 1, 1),
        image(2, 7, 8, 16),
        filter(1, 1, 16, 8));
    // As in training: enough work that it is shared between threads.
    addValues(cases, "workshop's first", VALID, image(16, 28, 28, 1), filter(3, 3, 1, 32));
    addValues(cases, "workshop's second", VALID, image(8, 13, 13, 32), filter(3, 3, 32, 64));
    addValues(
        cases,
        "depthwise 64",
        new ConvSpec(1, 1, Padding.SAME, 1, 1, 64),
        image(8, 14, 14, 64),
        filter(3, 3, 1, 64));
    return cases;
  }

  private static int[] image(int n, int h, int w, int c) {
    return new int[] {n, h, w, c};
  }

  private static int[] filter(int h, int w, int in, int out) {
    return new int[] {h, w, in, out};
  }

  private static ConvSpec columns(int stride, Padding padding) {
    return new ConvSpec(1, stride, padding, 1, 1, 1);
  }

  /** Adds all three passes. The gradient rules of two of them are checked; the third has none. */
  private static void add(List<OpCase> cases, String what, ConvSpec spec, int[] x, int[] w) {
    cases.add(forward(what, spec, x, w).smooth());
    cases.add(transposed(what, spec, x, w).smooth());
    cases.add(filterGradient(what, spec, x, w));
  }

  /** Adds all three passes of a layer that is too large for finite differences. */
  private static void addValues(List<OpCase> cases, String what, ConvSpec spec, int[] x, int[] w) {
    cases.add(forward(what, spec, x, w));
    cases.add(transposed(what, spec, x, w));
    cases.add(filterGradient(what, spec, x, w));
  }

  private static OpCase forward(String what, ConvSpec spec, int[] x, int[] w) {
    return OpCase.of(
        "conv2d/" + what,
        Tolerance.sum((long) w[0] * w[1] * w[2]),
        s -> s.op(new Conv2D(spec), s.input(Data.UNIT, x), s.input(Data.UNIT, w)));
  }

  private static OpCase transposed(String what, ConvSpec spec, int[] x, int[] w) {
    Conv2DBackpropInput op = new Conv2DBackpropInput(spec, x[1], x[2]);
    return OpCase.of(
        "conv2d transposed/" + what,
        Tolerance.sum((long) w[0] * w[1] * w[3] / spec.groups()),
        s -> s.op(op, s.input(Data.UNIT, result(spec, x, w)), s.input(Data.UNIT, w)));
  }

  private static OpCase filterGradient(String what, ConvSpec spec, int[] x, int[] w) {
    Conv2DBackpropFilter op = new Conv2DBackpropFilter(spec, w[0], w[1]);
    int[] dy = result(spec, x, w);
    return OpCase.of(
        "conv2d filter gradient/" + what,
        Tolerance.sum((long) dy[0] * dy[1] * dy[2]),
        s -> s.op(op, s.input(Data.UNIT, x), s.input(Data.UNIT, dy)));
  }

  /** The shape of y. */
  private static int[] result(ConvSpec spec, int[] x, int[] w) {
    List<TensorSpec> inputs = List.of(TensorSpec.f32(x), TensorSpec.f32(w));
    return new Conv2D(spec).infer(inputs).get(0).shape().dims();
  }
}
