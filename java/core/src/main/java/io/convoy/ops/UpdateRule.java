// SPDX-License-Identifier: Apache-2.0
package io.convoy.ops;

/**
 * How an optimizer changes a parameter p with gradient g, learning rate r, step t = iterations + 1,
 * and slots: state of p's shape that starts at 0. Formulas are Keras 3's.
 */
public sealed interface UpdateRule {
  /**
   * Returns how much state it keeps.
   *
   * @return slots a parameter
   */
  int slots();

  /**
   * Returns the rule without a moving average.
   *
   * @return what changes the parameter
   */
  default UpdateRule plain() {
    return this;
  }

  /**
   * Stochastic gradient descent. Without momentum: p -= r g. With: m = momentum m - r g; p += m, or
   * with Nesterov p += momentum m - r g. Decay first: p -= r weightDecay p.
   *
   * @param momentum from 0 to below 1
   * @param nesterov whether the step looks ahead
   * @param weightDecay decoupled decay, 0 for none
   */
  record Sgd(float momentum, boolean nesterov, float weightDecay) implements UpdateRule {
    @Override
    public int slots() {
      return momentum == 0 ? 0 : 1;
    }
  }

  /**
   * Adam (arXiv 1412.6980, in the form at the end of its section 2), with decoupled decay AdamW
   * (arXiv 1711.05101): m += (1 - beta1)(g - m); v += (1 - beta2)(g^2 - v); p -= r weightDecay p; p
   * -= r sqrt(1 - beta2^t) / (1 - beta1^t) m / (sqrt(v) + epsilon).
   *
   * @param beta1 decay of the mean, m
   * @param beta2 decay of the uncentred variance, v
   * @param epsilon added to the root
   * @param weightDecay decoupled decay, 0 for none
   */
  record Adam(float beta1, float beta2, float epsilon, float weightDecay) implements UpdateRule {
    @Override
    public int slots() {
      return 2;
    }
  }

  /**
   * RMSProp (Hinton's lecture 6e): v = rho v + (1 - rho) g^2; s = r g / sqrt(v + epsilon); p -= s,
   * or with momentum m = momentum m + s; p -= m. Decay first: p -= r weightDecay p.
   *
   * @param rho decay of the mean square
   * @param momentum from 0 to below 1
   * @param epsilon added under the root
   * @param weightDecay decoupled decay, 0 for none
   */
  record RmsProp(float rho, float momentum, float epsilon, float weightDecay)
      implements UpdateRule {
    @Override
    public int slots() {
      return momentum == 0 ? 1 : 2;
    }
  }

  /**
   * Another rule, and the moving average of the parameter it makes: average = momentum average + (1
   * - momentum) p, and average = p in the first step, t = 1. The average is the last slot, and may
   * start as anything.
   *
   * @param rule changes the parameter; not itself averaged
   * @param momentum what is kept of the average, above 0 and below 1
   */
  record Averaged(UpdateRule rule, float momentum) implements UpdateRule {
    /**
     * Checks both.
     *
     * @param rule the component
     * @param momentum the component
     */
    public Averaged {
      Checks.check(!(rule instanceof Averaged), "a moving average is taken once");
      Checks.check(
          momentum > 0 && momentum < 1,
          "the momentum of a moving average must be above 0 and below 1, is " + momentum);
    }

    @Override
    public int slots() {
      return rule.slots() + 1;
    }

    @Override
    public UpdateRule plain() {
      return rule;
    }
  }
}
