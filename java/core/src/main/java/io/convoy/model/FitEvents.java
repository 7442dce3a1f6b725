// SPDX-License-Identifier: Apache-2.0
package io.convoy.model;

import jdk.jfr.FlightRecorder;

/**
 * What a fit tells Java's flight recorder. Events that register themselves would wake the recorder
 * in every fit, which takes 50 ms before the first step; so an epoch registers them, if there is a
 * recorder by then. One object serves all steps, for a step allocates nothing.
 */
final class FitEvents {
  private final EpochEvent epoch = new EpochEvent();
  private final StepEvent step = new StepEvent();

  void beginEpoch() {
    if (FlightRecorder.isInitialized()) {
      FlightRecorder.register(EpochEvent.class);
      FlightRecorder.register(StepEvent.class);
    }
    epoch.begin();
  }

  void endEpoch(EpochResult result, int instances) {
    epoch.commit(result, instances);
  }

  void beginStep() {
    step.begin();
  }

  void endStep(int number, int instances) {
    step.commit(number, instances);
  }
}
