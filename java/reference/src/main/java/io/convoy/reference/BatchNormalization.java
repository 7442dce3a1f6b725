// SPDX-License-Identifier: Apache-2.0
package io.convoy.reference;

import io.convoy.ops.BatchNorm;
import io.convoy.ops.BatchNormGrad;
import io.convoy.ops.BatchNormInference;
import java.util.List;

/** Batch normalisation; x is {@code [..., C]}, element i belongs to channel i mod C. */
final class BatchNormalization {
  private BatchNormalization() {}

  static void forward(BatchNorm op, List<DoubleTensor> in, List<DoubleTensor> out) {
    double[] x = in.get(0).values();
    double[] mean = out.get(1).values();
    double[] variance = out.get(2).values();
    int channels = mean.length;
    double count = in.get(0).rows();
    for (int i = 0; i < x.length; i++) {
      mean[i % channels] += x[i] / count;
    }
    for (int i = 0; i < x.length; i++) {
      double distance = x[i] - mean[i % channels];
      variance[i % channels] += distance * distance / count;
    }
    double[] gamma = in.get(1).values();
    double[] beta = in.get(2).values();
    normalize(x, gamma, beta, mean, variance, op.epsilon(), out.get(0).values());
  }

  static void inference(BatchNormInference op, List<DoubleTensor> in, List<DoubleTensor> out) {
    normalize(
        in.get(0).values(),
        in.get(1).values(),
        in.get(2).values(),
        in.get(3).values(),
        in.get(4).values(),
        op.epsilon(),
        out.get(0).values());
  }

  private static void normalize(
      double[] x,
      double[] gamma,
      double[] beta,
      double[] mean,
      double[] variance,
      double epsilon,
      double[] y) {
    for (int i = 0; i < x.length; i++) {
      int c = i % gamma.length;
      y[i] = gamma[c] * (x[i] - mean[c]) / Math.sqrt(variance[c] + epsilon) + beta[c];
    }
  }

  static void gradient(BatchNormGrad op, List<DoubleTensor> in, List<DoubleTensor> out) {
    double[] x = in.get(0).values();
    double[] dy = in.get(1).values();
    double[] gamma = in.get(2).values();
    double[] mean = in.get(3).values();
    double[] variance = in.get(4).values();
    double[] dx = out.get(0).values();
    double[] dgamma = out.get(1).values();
    double[] dbeta = out.get(2).values();
    double count = in.get(0).rows();
    for (int i = 0; i < x.length; i++) {
      int c = i % gamma.length;
      dgamma[c] += dy[i] * (x[i] - mean[c]) / Math.sqrt(variance[c] + op.epsilon());
      dbeta[c] += dy[i];
    }
    for (int i = 0; i < x.length; i++) {
      int c = i % gamma.length;
      double deviation = Math.sqrt(variance[c] + op.epsilon());
      double xhat = (x[i] - mean[c]) / deviation;
      double moved = op.givenStatistics() ? 0 : dbeta[c] / count + xhat * dgamma[c] / count;
      dx[i] = gamma[c] / deviation * (dy[i] - moved);
    }
  }
}
