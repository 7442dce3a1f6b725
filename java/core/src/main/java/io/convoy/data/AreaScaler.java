// SPDX-License-Identifier: Apache-2.0
package io.convoy.data;

/** Scales an image by area: each target pixel is the mean of the source area that it covers. */
final class AreaScaler {
  private AreaScaler() {}

  /** Returns {@code [height, width, channels]}. One source row is in memory at a time. */
  static float[] scale(ImageRows rows, int height, int width) {
    int channels = rows.channels();
    double[] row = new double[rows.width() * channels];
    double[] scaledRow = new double[width * channels];
    double[] sum = new double[height * width * channels];
    double step = (double) rows.height() / height;
    for (int y = 0; y < rows.height(); y++) {
      rows.read(y, row);
      scaleRow(row, scaledRow, channels);
      for (int to = (int) (y / step); to < height && to * step < y + 1; to++) {
        double share = overlap(y, to, step);
        for (int i = 0; i < scaledRow.length; i++) {
          sum[to * scaledRow.length + i] += share * scaledRow[i];
        }
      }
    }
    float[] result = new float[sum.length];
    for (int i = 0; i < sum.length; i++) {
      result[i] = (float) sum[i];
    }
    return result;
  }

  /** Scales {@code from}, [width, channels], to {@code to}, [other width, channels]. */
  private static void scaleRow(double[] from, double[] to, int channels) {
    double step = (double) from.length / to.length;
    for (int t = 0; t < to.length / channels; t++) {
      for (int c = 0; c < channels; c++) {
        double sum = 0;
        for (int f = (int) (t * step); f < from.length / channels && f < (t + 1) * step; f++) {
          sum += overlap(f, t, step) * from[f * channels + c];
        }
        to[t * channels + c] = sum;
      }
    }
  }

  /**
   * Which share of target pixel {@code to}, {@code step} source pixels long, a source pixel has.
   */
  private static double overlap(int from, int to, double step) {
    double start = Math.max(from, to * step);
    double end = Math.min(from + 1, (to + 1) * step);
    return Math.max(0, end - start) / step;
  }
}
