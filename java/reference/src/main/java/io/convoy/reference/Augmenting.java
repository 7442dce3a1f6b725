// SPDX-License-Identifier: Apache-2.0
package io.convoy.reference;

import io.convoy.ops.AugmentDraw;
import io.convoy.ops.AugmentImages;
import io.convoy.ops.RandomQuantile;
import io.convoy.random.Philox;
import java.util.List;

/** Images changed at random, and numbers from distributions. */
final class Augmenting {
  private Augmenting() {}

  static void images(AugmentImages op, List<DoubleTensor> in, List<DoubleTensor> out) {
    DoubleTensor x = in.get(0);
    AugmentDraw draw = new AugmentDraw(op, x.dim(1), x.dim(2));
    for (int i = 0; i < x.values().length; i++) {
      int[] place = Positions.of(x.shape(), i);
      draw.draw((int) in.get(1).item(), place[0]);
      out.get(0).values()[i] = pixel(op, draw, x, place);
    }
  }

  private static double pixel(AugmentImages op, AugmentDraw draw, DoubleTensor x, int[] place) {
    int row = place[1];
    int column = place[2];
    if (draw.isErased(row, column)) {
      return 0;
    }
    double v = sample(x, place, draw.sourceRow(row, column), draw.sourceColumn(row, column));
    if (!op.augmentation().recolours()) {
      return v;
    }
    double mean = mean(x, place[0], place[3]);
    double u = (v - mean) * draw.contrast() + mean + draw.brightness();
    return Math.min(Math.max(u, 0), 1);
  }

  /** Bilinear interpolation between the four pixels around a place. */
  private static double sample(DoubleTensor x, int[] place, double row, double column) {
    double sum = 0;
    for (int r = (int) Math.floor(row); r <= Math.floor(row) + 1; r++) {
      for (int c = (int) Math.floor(column); c <= Math.floor(column) + 1; c++) {
        double weight = (1 - Math.abs(row - r)) * (1 - Math.abs(column - c));
        sum += weight * at(x, place[0], r, c, place[3]);
      }
    }
    return sum;
  }

  /** A pixel, 0 outside the image. */
  private static double at(DoubleTensor x, int image, int row, int column, int channel) {
    boolean inside = row >= 0 && row < x.dim(1) && column >= 0 && column < x.dim(2);
    int[] place = {image, row, column, channel};
    return inside ? x.values()[Positions.index(x.shape(), place)] : 0;
  }

  private static double mean(DoubleTensor x, int image, int channel) {
    double sum = 0;
    for (int row = 0; row < x.dim(1); row++) {
      for (int column = 0; column < x.dim(2); column++) {
        sum += at(x, image, row, column, channel);
      }
    }
    return sum / (x.dim(1) * x.dim(2));
  }

  static void quantile(RandomQuantile op, List<DoubleTensor> in, List<DoubleTensor> out) {
    Philox generator = new Philox(op.seed(), op.stream(), (int) in.get(1).item());
    generator.block(0);
    double[] quantiles = in.get(0).values();
    double u = (double) generator.uniform(0) * (quantiles.length - 1);
    int i = (int) u;
    out.get(0).values()[0] = quantiles[i] + (u - i) * (quantiles[i + 1] - quantiles[i]);
  }
}
