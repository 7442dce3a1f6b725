// SPDX-License-Identifier: Apache-2.0
package io.convoy.model;

import io.convoy.session.Step;
import java.util.function.IntConsumer;

/**
 * Batches of one size, of a {@link BatchSource}.
 *
 * @param step runs on them; its outputs are those of the last run
 * @param feed writes the step's inputs for the batch that begins at a place in the order
 */
record Batches(Step step, IntConsumer feed) {
  /** Runs on the batch that begins at a place in the order: the one behind the last. */
  void run(int from) {
    feed.accept(from);
    step.run();
  }
}
