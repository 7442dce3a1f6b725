// SPDX-License-Identifier: Apache-2.0
package io.convoy.model;

import io.convoy.graph.Value;
import io.convoy.optimizers.Optimizer;
import io.convoy.schedules.Schedule;
import io.convoy.session.Session;
import io.convoy.tensor.Tensor;

/**
 * The learning rate of a fit: a base rate, which can be changed, times the factor of the
 * optimizer's schedule.
 *
 * <p>The base rate is a variable of the graph, {@value Optimizer#LEARNING_RATE}, that each step
 * reads where it lies on the device. So a change is one write of 4 bytes, steps cost what they did
 * and no plan is made anew; and as every variable it is part of {@link Checkpoint}s, so that a fit
 * that goes on does so with the rate it had.
 */
public final class LearningRate {
  private final Session session;
  private final Value base;
  private final Value iterations;
  private final Schedule schedule;

  LearningRate(Session session, Value base, Value iterations, Schedule schedule) {
    this.session = session;
    this.base = base;
    this.iterations = iterations;
    this.schedule = schedule;
  }

  /**
   * Reads the base rate from the device, waiting for the last step.
   *
   * @return the rate before the schedule's factor
   */
  public double base() {
    return session.read(base).item();
  }

  /**
   * Changes the base rate from the next step on.
   *
   * @param rate the new base rate, kept as float
   * @throws IllegalArgumentException if it is negative, infinite or NaN
   */
  public void setBase(double rate) {
    if (!(rate >= 0 && rate <= Float.MAX_VALUE)) {
      throw new IllegalArgumentException(
          "the learning rate must be a finite number and at least 0, not " + rate);
    }
    session.write(base, Tensor.scalar((float) rate));
  }

  /**
   * Reads the rate of the next step from the device, waiting for the last one.
   *
   * @return base rate times the schedule's factor
   */
  public double next() {
    return base() * schedule.factor(session.read(iterations).ints()[0]);
  }
}
