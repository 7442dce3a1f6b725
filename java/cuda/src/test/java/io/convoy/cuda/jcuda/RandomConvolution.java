// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.jcuda;

import io.convoy.cuda.device.ConvolutionShape;
import io.convoy.ops.ConvSpec;
import io.convoy.ops.Padding;
import io.convoy.ops.Window;
import java.util.Random;

/** Convolutions with groups, strides, dilation and padding, whose sizes core worked out. */
final class RandomConvolution {
  private RandomConvolution() {}

  static ConvolutionShape next(Random random) {
    return next(random, 1 + random.nextInt(3));
  }

  static ConvolutionShape next(Random random, int groups) {
    Padding padding = symmetric(random, 3);
    ConvSpec spec =
        new ConvSpec(
            1 + random.nextInt(3),
            1 + random.nextInt(3),
            padding,
            1 + random.nextInt(2),
            1 + random.nextInt(2),
            groups);
    Window rows = spec.rows(9 + random.nextInt(30), 1 + random.nextInt(4));
    Window columns = spec.columns(9 + random.nextInt(30), 1 + random.nextInt(4));
    return new ConvolutionShape(
        1 + random.nextInt(5),
        rows.input(),
        columns.input(),
        groups * (1 + random.nextInt(5)),
        groups * (1 + random.nextInt(5)),
        rows.size(),
        columns.size(),
        rows.output(),
        columns.output(),
        padding.top(),
        padding.left(),
        spec.strideH(),
        spec.strideW(),
        spec.dilationH(),
        spec.dilationW(),
        groups);
  }

  /** The same padding on both sides of an axis. */
  static Padding symmetric(Random random, int below) {
    int rows = random.nextInt(below);
    int columns = random.nextInt(below);
    return Padding.explicit(rows, rows, columns, columns);
  }
}
