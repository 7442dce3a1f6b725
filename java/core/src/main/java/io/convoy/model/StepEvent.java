// SPDX-License-Identifier: Apache-2.0
package io.convoy.model;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Registered;
import jdk.jfr.StackTrace;

/** A training step, for Java's flight recorder. */
@Name("io.convoy.Step")
@Label("Step")
@Category("Convoy")
@Description("A training step, as long as its thread took: a device may still be busy with it")
@StackTrace(false)
@Registered(false)
final class StepEvent extends Event {
  @Label("Step")
  @Description("Its number in the epoch, from 1")
  private int step;

  @Label("Instances")
  @Description("Instances of its batch")
  private int instances;

  /** Ends and commits the event, if it is recorded. */
  void commit(int number, int size) {
    end();
    if (shouldCommit()) {
      step = number;
      instances = size;
      commit();
    }
  }
}
