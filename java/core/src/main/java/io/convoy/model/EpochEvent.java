// SPDX-License-Identifier: Apache-2.0
package io.convoy.model;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Registered;
import jdk.jfr.StackTrace;

/** An epoch, for Java's flight recorder. */
@Name("io.convoy.Epoch")
@Label("Epoch")
@Category("Convoy")
@Description("Training steps of an epoch and the validation behind them")
@StackTrace(false)
@Registered(false)
final class EpochEvent extends Event {
  @Label("Epoch")
  @Description("Its number, from 1")
  private int epoch;

  @Label("Instances")
  @Description("Training instances of an epoch")
  private int instances;

  @Label("Loss")
  @Description("Mean over the training instances, as it was while training")
  private double loss;

  @Label("Images per Second")
  @Description("Training instances a second, validation not counted")
  private double imagesPerSecond;

  @Label("Validation Loss")
  @Description("Mean over the instances of the validation set; not a number without one")
  private double validationLoss;

  /** Ends and commits the event, if it is recorded. */
  void commit(EpochResult result, int size) {
    end();
    if (shouldCommit()) {
      epoch = result.epoch();
      instances = size;
      loss = result.training().loss();
      imagesPerSecond = result.imagesPerSecond();
      validationLoss = result.validation().map(Evaluation::loss).orElse(Double.NaN);
      commit();
    }
  }
}
