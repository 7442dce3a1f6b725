// SPDX-License-Identifier: Apache-2.0
package io.convoy.model;

import io.convoy.graph.Value;
import io.convoy.session.DeviceData;
import io.convoy.session.Session;
import io.convoy.session.Step;
import java.nio.IntBuffer;
import java.util.List;
import java.util.function.IntUnaryOperator;

/** Tells a step which instances of a data set on the device make up a batch. */
final class GatheredBatches implements Batches {
  private final IntUnaryOperator places;
  private final int size;
  private final Step step;
  private final IntBuffer instances;

  /**
   * Prepares a step.
   *
   * @param places where in the data set on the device an instance lies
   */
  GatheredBatches(
      ModelGraph model,
      Session session,
      List<Value> fetches,
      DeviceData data,
      IntUnaryOperator places,
      int size) {
    this.places = places;
    this.size = size;
    this.step = session.prepare(fetches, model.shapes(size), model.x, model.y, data);
    this.instances = step.order().asIntBuffer();
  }

  @Override
  public void run(int[] order, int from) {
    for (int i = 0; i < size; i++) {
      instances.put(i, places.applyAsInt(order[from + i]));
    }
    step.run();
  }

  @Override
  public Step step() {
    return step;
  }
}
