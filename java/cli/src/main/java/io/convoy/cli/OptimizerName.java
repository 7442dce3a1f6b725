// SPDX-License-Identifier: Apache-2.0
package io.convoy.cli;

import io.convoy.ops.UpdateRule;
import io.convoy.optimizers.Optimizer;
import io.convoy.optimizers.Optimizers;
import java.util.Locale;

/** What {@code --optimizer} takes, each with Keras' default learning rate. */
enum OptimizerName {
  ADAM(1e-3),
  SGD(1e-2),
  MOMENTUM(1e-2),
  NESTEROV(1e-2),
  ADAMW(1e-3),
  RMSPROP(1e-3);

  private static final double MOMENTUM_FACTOR = 0.9;
  private static final double ADAMW_DECAY = 4e-3;

  private final double defaultRate;

  OptimizerName(double defaultRate) {
    this.defaultRate = defaultRate;
  }

  /** Makes the optimizer; a null stands for the default. */
  Optimizer make(Double rate, Double weightDecay) {
    Optimizer made = make(rate == null ? defaultRate : rate);
    if (weightDecay == null) {
      return made;
    }
    if (!(weightDecay >= 0)) {
      throw new IllegalArgumentException("the weight decay must be at least 0, is " + weightDecay);
    }
    UpdateRule rule = decayed(made.rule(), weightDecay.floatValue());
    return new Optimizer(
        rule, made.learningRate(), made.schedule(), made.clipNorm(), made.lossScale());
  }

  private Optimizer make(double rate) {
    return switch (this) {
      case ADAM -> Optimizers.adam(rate);
      case SGD -> Optimizers.sgd(rate);
      case MOMENTUM -> Optimizers.momentum(rate, MOMENTUM_FACTOR, false);
      case NESTEROV -> Optimizers.momentum(rate, MOMENTUM_FACTOR, true);
      case ADAMW -> Optimizers.adamW(rate, ADAMW_DECAY);
      case RMSPROP -> Optimizers.rmsProp(rate);
    };
  }

  private static UpdateRule decayed(UpdateRule rule, float decay) {
    if (rule instanceof UpdateRule.Sgd sgd) {
      return new UpdateRule.Sgd(sgd.momentum(), sgd.nesterov(), decay);
    }
    if (rule instanceof UpdateRule.Adam adam) {
      return new UpdateRule.Adam(adam.beta1(), adam.beta2(), adam.epsilon(), decay);
    }
    UpdateRule.RmsProp rms = (UpdateRule.RmsProp) rule;
    return new UpdateRule.RmsProp(rms.rho(), rms.momentum(), rms.epsilon(), decay);
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
