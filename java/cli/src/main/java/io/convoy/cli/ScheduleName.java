// SPDX-License-Identifier: Apache-2.0
package io.convoy.cli;

import io.convoy.schedules.Schedule;
import java.util.Locale;

/** What {@code --schedule} takes: how the learning rate goes over a whole run. */
enum ScheduleName {
  CONSTANT,
  STEP,
  EXPONENTIAL,
  COSINE;

  private static final int DROPS = 3;
  private static final float DROP = 0.1f;
  private static final float END = 0.01f;

  /**
   * Makes the schedule.
   *
   * @param steps training steps of the run
   * @param warmUp how many of them the rate rises, 0 for none
   */
  Schedule make(int steps, int warmUp) {
    if (warmUp < 0 || warmUp >= steps) {
      throw new IllegalArgumentException(
          "the warm-up must be at least 0 and shorter than the run's "
              + steps
              + " steps, is "
              + warmUp);
    }
    Schedule then = make(steps - warmUp);
    return warmUp == 0 ? then : new Schedule.WarmUp(warmUp, then);
  }

  private Schedule make(int steps) {
    return switch (this) {
      case CONSTANT -> new Schedule.Constant();
      case STEP -> new Schedule.StepDecay((steps + DROPS - 1) / DROPS, DROP);
      case EXPONENTIAL -> new Schedule.ExponentialDecay(steps, END);
      case COSINE -> new Schedule.CosineDecay(steps, 0);
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
