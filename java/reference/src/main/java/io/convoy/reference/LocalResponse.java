// SPDX-License-Identifier: Apache-2.0
package io.convoy.reference;

import io.convoy.ops.LocalResponseNormalization;
import io.convoy.ops.LocalResponseNormalizationGrad;
import java.util.List;

/** Local response normalisation across channels, and its gradient. */
final class LocalResponse {
  private LocalResponse() {}

  static void forward(
      LocalResponseNormalization op, List<DoubleTensor> in, List<DoubleTensor> out) {
    double[] x = in.get(0).values();
    double[] y = out.get(0).values();
    double[] s = bases(op, in.get(0));
    for (int i = 0; i < x.length; i++) {
      y[i] = x[i] * Math.pow(s[i], -op.beta());
    }
  }

  static void gradient(
      LocalResponseNormalizationGrad op, List<DoubleTensor> in, List<DoubleTensor> out) {
    LocalResponseNormalization forward = op.forward();
    double[] x = in.get(0).values();
    double[] dy = in.get(1).values();
    double[] dx = out.get(0).values();
    double[] s = bases(forward, in.get(0));
    double[] shares = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      shares[i] = dy[i] * x[i] * Math.pow(s[i], -forward.beta() - 1);
    }
    double[] sums = sumsOfNeighbours(shares, in.get(0).dim(3), forward);
    double factor = 2.0 * forward.alpha() * forward.beta();
    for (int i = 0; i < x.length; i++) {
      dx[i] = dy[i] * Math.pow(s[i], -forward.beta()) - factor * x[i] * sums[i];
    }
  }

  /** What x is divided by, before the exponent. */
  private static double[] bases(LocalResponseNormalization op, DoubleTensor x) {
    double[] s = x.values().clone();
    for (int i = 0; i < s.length; i++) {
      s[i] *= s[i];
    }
    s = sumsOfNeighbours(s, x.dim(3), op);
    for (int i = 0; i < s.length; i++) {
      s[i] = op.bias() + op.alpha() * s[i];
    }
    return s;
  }

  /** The sum of each element and its neighbours in the channels, the innermost axis. */
  private static double[] sumsOfNeighbours(
      double[] values, int channels, LocalResponseNormalization op) {
    int radius = op.depthRadius(channels);
    double[] sums = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      int channel = i % channels;
      int last = i + Math.min(radius, channels - 1 - channel);
      for (int k = i - Math.min(radius, channel); k <= last; k++) {
        sums[i] += values[k];
      }
    }
    return sums;
  }
}
