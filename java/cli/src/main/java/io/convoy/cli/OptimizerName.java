// SPDX-License-Identifier: Apache-2.0
package io.convoy.cli;

import io.convoy.ops.UpdateRule;
import io.convoy.optimizers.Optimizer;
import io.convoy.optimizers.Optimizers;
import java.util.Locale;
import java.util.function.DoubleFunction;

/** What {@code --optimizer} takes, each with Keras' default learning rate. */
enum OptimizerName {
  ADAM(1e-3, Optimizers::adam),
  SGD(1e-2, Optimizers::sgd),
  MOMENTUM(1e-2, rate -> Optimizers.momentum(rate, OptimizerName.MOMENTUM_FACTOR, false)),
  NESTEROV(1e-2, rate -> Optimizers.momentum(rate, OptimizerName.MOMENTUM_FACTOR, true)),
  ADAMW(1e-3, rate -> Optimizers.adamW(rate, OptimizerName.ADAMW_DECAY)),
  RMSPROP(1e-3, Optimizers::rmsProp);

  private static final double MOMENTUM_FACTOR = 0.9;
  private static final double ADAMW_DECAY = 4e-3;

  private final double defaultRate;
  private final DoubleFunction<Optimizer> maker;

  OptimizerName(double defaultRate, DoubleFunction<Optimizer> maker) {
    this.defaultRate = defaultRate;
    this.maker = maker;
  }

  /** Makes the optimizer; a null stands for the default. */
  Optimizer make(Double rate, Double weightDecay) {
    Optimizer made = maker.apply(rate == null ? defaultRate : rate);
    if (weightDecay == null) {
      return made;
    }
    if (!(weightDecay >= 0)) {
      throw new IllegalArgumentException("the weight decay must be at least 0, is " + weightDecay);
    }
    UpdateRule rule = decayed(made.rule(), weightDecay.floatValue());
    return new Optimizer(rule, made.learningRate(), made.schedule(), made.clipNorm());
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
