// SPDX-License-Identifier: Apache-2.0
package io.convoy.model;

import io.convoy.session.Step;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;

/** Steps over several batches, whose gradients are summed on the device. */
final class AccumulatedSteps implements TrainingSteps {
  private final Step clear;
  private final Step update;
  private final int batchSize;
  private final int count;
  private final BatchSource source;
  private final BatchSizes<Part> parts;

  /** A batch of a step, and what it is fed with besides instances. */
  private record Part(Batches batches, FloatBuffer share, IntBuffer draw) {
    static Part of(Batches batches, Accumulation accumulation) {
      return new Part(
          batches,
          batches.step().input(accumulation.share()).asFloatBuffer(),
          // A network without dropout counts on nothing.
          batches.step().uses(accumulation.draw())
              ? batches.step().input(accumulation.draw()).asIntBuffer()
              : IntBuffer.allocate(1));
    }
  }

  /**
   * Prepares steps.
   *
   * @param clear makes the sums 0
   * @param update changes the weights
   * @param count batches a step
   * @param source of batches for {@link Accumulation#batch}
   */
  AccumulatedSteps(
      Accumulation accumulation,
      Step clear,
      Step update,
      int batchSize,
      int count,
      BatchSource source) {
    this.clear = clear;
    this.update = update;
    this.batchSize = batchSize;
    this.count = count;
    this.source = source;
    this.parts = new BatchSizes<>(batchSize, size -> Part.of(source.prepare(size), accumulation));
  }

  @Override
  public void begin(int[] order, int done) {
    source.begin(order, done);
  }

  @Override
  public void run(long step, int from, int size) {
    clear.run();
    for (int i = 0; i * batchSize < size; i++) {
      int length = Math.min(batchSize, size - i * batchSize);
      Part part = parts.of(length);
      part.share().put(0, (float) length / size);
      part.draw().put(0, (int) (step * count + i));
      part.batches().run(from + i * batchSize);
    }
    update.run();
  }
}
