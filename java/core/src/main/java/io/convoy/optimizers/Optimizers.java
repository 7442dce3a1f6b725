// SPDX-License-Identifier: Apache-2.0
package io.convoy.optimizers;

import io.convoy.ops.UpdateRule;
import io.convoy.schedules.Schedule;

/** The optimizers, with Keras' names and defaults. */
public final class Optimizers {
  private static final float EPSILON = 1e-7f;
  private static final float BETA1 = 0.9f;
  private static final float BETA2 = 0.999f;

  private Optimizers() {}

  /**
   * Stochastic gradient descent.
   *
   * @param learningRate the rate
   * @return the optimizer
   */
  public static Optimizer sgd(double learningRate) {
    return of(new UpdateRule.Sgd(0, false, 0), learningRate);
  }

  /**
   * Stochastic gradient descent with momentum.
   *
   * @param learningRate the rate
   * @param momentum from 0 to below 1
   * @param nesterov whether the step looks ahead
   * @return the optimizer
   */
  public static Optimizer momentum(double learningRate, double momentum, boolean nesterov) {
    return of(new UpdateRule.Sgd((float) momentum, nesterov, 0), learningRate);
  }

  /**
   * Adam with beta1 0.9, beta2 0.999, epsilon 1e-7.
   *
   * @param learningRate the rate; Keras' default is 1e-3
   * @return the optimizer
   */
  public static Optimizer adam(double learningRate) {
    return of(new UpdateRule.Adam(BETA1, BETA2, EPSILON, 0), learningRate);
  }

  /**
   * Adam with decoupled weight decay on all parameters.
   *
   * @param learningRate the rate
   * @param weightDecay share of a parameter that is taken away a step, times the rate; Keras'
   *     default is 4e-3
   * @return the optimizer
   */
  public static Optimizer adamW(double learningRate, double weightDecay) {
    return of(new UpdateRule.Adam(BETA1, BETA2, EPSILON, (float) weightDecay), learningRate);
  }

  /**
   * RMSProp with rho 0.9, no momentum, epsilon 1e-7.
   *
   * @param learningRate the rate; Keras' default is 1e-3
   * @return the optimizer
   */
  public static Optimizer rmsProp(double learningRate) {
    return of(new UpdateRule.RmsProp(BETA1, 0, EPSILON, 0), learningRate);
  }

  private static Optimizer of(UpdateRule rule, double learningRate) {
    return new Optimizer(rule, (float) learningRate, new Schedule.Constant(), 0);
  }
}
