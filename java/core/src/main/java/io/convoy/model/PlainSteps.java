// SPDX-License-Identifier: Apache-2.0
package io.convoy.model;

/** Steps over a batch each. */
record PlainSteps(BatchSource source, BatchSizes<Batches> batches) implements TrainingSteps {
  @Override
  public void begin(int[] order, int done) {
    source.begin(order, done);
  }

  @Override
  public void run(long step, int from, int size) {
    batches.of(size).run(from);
  }
}
