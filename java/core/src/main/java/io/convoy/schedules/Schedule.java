// SPDX-License-Identifier: Apache-2.0
package io.convoy.schedules;

/**
 * How the learning rate goes with the training step: rate = base rate times factor. A pure
 * function, so that it can be computed on any device inside the step.
 */
public sealed interface Schedule
    permits Schedule.Constant,
        Schedule.StepDecay,
        Schedule.ExponentialDecay,
        Schedule.CosineDecay,
        Schedule.WarmUp {

  /**
   * Returns the factor of the base rate.
   *
   * @param iteration finished training steps, from 0
   * @return the factor
   */
  double factor(int iteration);

  /** Always the base rate. */
  record Constant() implements Schedule {
    @Override
    public double factor(int iteration) {
      return 1;
    }
  }

  /**
   * factor = gamma^floor(iteration / steps).
   *
   * @param steps training steps between two drops, at least 1
   * @param gamma what a drop multiplies by
   */
  record StepDecay(int steps, float gamma) implements Schedule {
    /**
     * Checks the length.
     *
     * @param steps the component
     * @param gamma the component
     */
    public StepDecay {
      requirePositive(steps);
    }

    @Override
    public double factor(int iteration) {
      return Math.pow(gamma, iteration / steps);
    }
  }

  /**
   * factor = gamma^(iteration / steps), Keras' ExponentialDecay without staircase.
   *
   * @param steps training steps in which the rate falls by gamma, at least 1
   * @param gamma what those steps multiply by
   */
  record ExponentialDecay(int steps, float gamma) implements Schedule {
    /**
     * Checks the length.
     *
     * @param steps the component
     * @param gamma the component
     */
    public ExponentialDecay {
      requirePositive(steps);
    }

    @Override
    public double factor(int iteration) {
      return Math.pow(gamma, (double) iteration / steps);
    }
  }

  /**
   * factor = (1 - end) (1 + cos(pi min(iteration, steps) / steps)) / 2 + end (arXiv 1608.03983
   * without restarts).
   *
   * @param steps training steps until the end is reached, at least 1
   * @param end the factor at the end
   */
  record CosineDecay(int steps, float end) implements Schedule {
    /**
     * Checks the length.
     *
     * @param steps the component
     * @param end the component
     */
    public CosineDecay {
      requirePositive(steps);
    }

    @Override
    public double factor(int iteration) {
      double x = (double) Math.min(iteration, steps) / steps;
      return (1 - end) * (1 + Math.cos(Math.PI * x)) / 2 + end;
    }
  }

  /**
   * Rises in equal steps, factor = (iteration + 1) / steps, then follows another schedule from its
   * start.
   *
   * @param steps training steps of the rise, at least 1
   * @param then what follows
   */
  record WarmUp(int steps, Schedule then) implements Schedule {
    /**
     * Checks the length.
     *
     * @param steps the component
     * @param then the component
     */
    public WarmUp {
      requirePositive(steps);
    }

    @Override
    public double factor(int iteration) {
      return iteration < steps ? (iteration + 1.0) / steps : then.factor(iteration - steps);
    }
  }

  private static void requirePositive(int steps) {
    if (steps < 1) {
      throw new IllegalArgumentException("a schedule needs at least 1 step, got " + steps);
    }
  }
}
