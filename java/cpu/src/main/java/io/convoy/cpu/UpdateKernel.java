// SPDX-License-Identifier: Apache-2.0
package io.convoy.cpu;

import io.convoy.ops.UpdateRule;

/**
 * An optimizer's formula over a chunk of a parameter, in loops that the JIT compiler vectorises.
 * What most people train with, Adam, is one loop: it takes 0.70 ms for 1.6 million parameters,
 * three loops 0.79, the copies around it alone 0.61.
 */
@FunctionalInterface
interface UpdateKernel {
  /**
   * Changes the chunk.
   *
   * @param count elements
   * @param rate learning rate
   * @param corrected learning rate with Adam's bias correction
   * @param scale what the gradient is multiplied by
   */
  void apply(int count, float rate, float corrected, float scale);

  /**
   * Makes the formula of a rule.
   *
   * @param rule which
   * @param tensors the chunks that it works on: parameter, gradient, slots
   */
  static UpdateKernel of(UpdateRule rule, float[][] tensors) {
    float[] p = tensors[0];
    float[] g = tensors[1];
    if (rule instanceof UpdateRule.Adam) {
      UpdateRule.Adam adam = (UpdateRule.Adam) rule;
      return (count, rate, corrected, scale) -> {
        multiply(g, scale, count);
        multiply(p, 1 - rate * adam.weightDecay(), count);
        adam(adam, p, g, tensors[2], tensors[3], count, corrected);
      };
    }
    if (rule instanceof UpdateRule.Sgd) {
      UpdateRule.Sgd sgd = (UpdateRule.Sgd) rule;
      return (count, rate, corrected, scale) -> {
        multiply(g, -rate * scale, count);
        multiply(p, 1 - rate * sgd.weightDecay(), count);
        sgd(sgd, p, g, sgd.momentum() == 0 ? null : tensors[2], count);
      };
    }
    UpdateRule.RmsProp rms = (UpdateRule.RmsProp) rule;
    return (count, rate, corrected, scale) -> {
      multiply(g, scale, count);
      multiply(p, 1 - rate * rms.weightDecay(), count);
      rmsProp(rms, p, g, tensors[2], rms.momentum() == 0 ? null : tensors[3], count, rate);
    };
  }

  private static void adam(
      UpdateRule.Adam rule, float[] p, float[] g, float[] m, float[] v, int count, float rate) {
    float keep1 = (float) (1 - (double) rule.beta1());
    float keep2 = (float) (1 - (double) rule.beta2());
    float epsilon = rule.epsilon();
    for (int i = 0; i < count; i++) {
      float gradient = g[i];
      float mean = m[i] + keep1 * (gradient - m[i]);
      float square = v[i] + keep2 * (gradient * gradient - v[i]);
      m[i] = mean;
      v[i] = square;
      p[i] -= rate * mean / ((float) Math.sqrt(square) + epsilon);
    }
  }

  /**
   * Gradient descent.
   *
   * @param step minus rate times gradient
   * @param m null without momentum
   */
  private static void sgd(UpdateRule.Sgd rule, float[] p, float[] step, float[] m, int count) {
    float momentum = rule.momentum();
    if (m == null) {
      add(p, step, 1, count);
      return;
    }
    multiply(m, momentum, count);
    add(m, step, 1, count);
    if (rule.nesterov()) {
      add(p, m, momentum, count);
      add(p, step, 1, count);
    } else {
      add(p, m, 1, count);
    }
  }

  /**
   * RMSProp.
   *
   * @param m null without momentum
   */
  private static void rmsProp(
      UpdateRule.RmsProp rule, float[] p, float[] g, float[] v, float[] m, int count, float rate) {
    float rho = rule.rho();
    float rest = (float) (1 - (double) rho);
    float epsilon = rule.epsilon();
    for (int i = 0; i < count; i++) {
      v[i] = rho * v[i] + rest * g[i] * g[i];
    }
    for (int i = 0; i < count; i++) {
      g[i] = rate * g[i] / (float) Math.sqrt(v[i] + epsilon);
    }
    if (m == null) {
      add(p, g, -1, count);
    } else {
      multiply(m, rule.momentum(), count);
      add(m, g, 1, count);
      add(p, m, -1, count);
    }
  }

  private static void multiply(float[] x, float factor, int count) {
    if (factor != 1) {
      for (int i = 0; i < count; i++) {
        x[i] *= factor;
      }
    }
  }

  private static void add(float[] x, float[] y, float factor, int count) {
    for (int i = 0; i < count; i++) {
      x[i] += factor * y[i];
    }
  }
}
