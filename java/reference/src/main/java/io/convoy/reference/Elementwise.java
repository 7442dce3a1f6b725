// SPDX-License-Identifier: Apache-2.0
package io.convoy.reference;

import io.convoy.ops.Activate;
import io.convoy.ops.ActivateGrad;
import io.convoy.ops.Activation;
import io.convoy.ops.Cast;
import java.util.List;

/** Functions of one number and their derivatives. */
final class Elementwise {
  private Elementwise() {}

  /** The rounding is that of every output in 16 bits. */
  static void cast(Cast op, List<DoubleTensor> in, List<DoubleTensor> out) {
    for (int i = 0; i < in.size(); i++) {
      double[] x = in.get(i).values();
      System.arraycopy(x, 0, out.get(i).values(), 0, x.length);
    }
  }

  static void activate(Activate op, List<DoubleTensor> in, List<DoubleTensor> out) {
    double[] x = in.get(0).values();
    double[] y = out.get(0).values();
    for (int i = 0; i < y.length; i++) {
      y[i] = value(op.function(), x[i]);
    }
  }

  static void gradient(ActivateGrad op, List<DoubleTensor> in, List<DoubleTensor> out) {
    double[] dy = in.get(0).values();
    double[] argument = in.get(1).values();
    double[] dx = out.get(0).values();
    for (int i = 0; i < dx.length; i++) {
      dx[i] = dy[i] * derivative(op.function(), argument[i]);
    }
  }

  static double value(Activation f, double x) {
    double alpha = f.alpha();
    double beta = f.beta();
    switch (f.kind()) {
      case RELU:
        return Math.max(x, 0); // NaN stays NaN
      case RELU6:
        return Math.min(Math.max(x, 0), 6);
      case LEAKY_RELU:
        return x > 0 ? x : alpha * x;
      case ELU:
        return x > 0 ? x : alpha * Math.expm1(x);
      case SIGMOID:
        return sigmoid(x);
      case TANH:
        return Math.tanh(x);
      case GELU:
        return x * ErrorFunction.normalCdf(x);
      case SILU:
        return x * sigmoid(x);
      case RADIAL_BASIS:
        return Math.exp(-square(alpha * (x - beta)));
      case LINEAR:
        return alpha * x + beta;
      case EXP:
        return Math.exp(x);
      case LOG:
        return Math.log(x);
      case SQRT:
        return Math.sqrt(x);
      case SQUARE:
        return x * x;
      case ABS:
        return Math.abs(x);
    }
    throw new IllegalArgumentException("no function " + f);
  }

  /**
   * f'(x).
   *
   * @param v x or y, as {@link Activation.Kind#derivativeUses} says
   */
  private static double derivative(Activation f, double v) {
    double alpha = f.alpha();
    switch (f.kind()) {
      case RELU:
        return v > 0 ? 1 : 0;
      case RELU6:
        return v > 0 && v < 6 ? 1 : 0;
      case LEAKY_RELU:
        return v > 0 ? 1 : alpha;
      case ELU:
        return v > 0 ? 1 : v + alpha;
      case SIGMOID:
        return v * (1 - v);
      case TANH:
        return 1 - v * v;
      case GELU:
        return ErrorFunction.normalCdf(v) + v * ErrorFunction.normalDensity(v);
      case SILU:
        return sigmoid(v) * (1 + v * (1 - sigmoid(v)));
      case RADIAL_BASIS:
        return -2 * alpha * alpha * (v - f.beta()) * value(f, v);
      case EXP:
        return v;
      case LOG:
        return 1 / v;
      case SQRT:
        return 1 / (2 * v);
      case SQUARE:
        return 2 * v;
      case ABS:
        return Math.signum(v);
      case LINEAR:
        break; // ActivateGrad refuses it
    }
    throw new IllegalArgumentException("no derivative of " + f);
  }

  /** Never overflows; e^-|x| keeps full precision on both sides. */
  static double sigmoid(double x) {
    double e = Math.exp(-Math.abs(x));
    return x < 0 ? e / (1 + e) : 1 / (1 + e);
  }

  private static double square(double x) {
    return x * x;
  }
}
