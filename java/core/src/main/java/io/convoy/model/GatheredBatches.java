// SPDX-License-Identifier: Apache-2.0
package io.convoy.model;

import io.convoy.graph.Value;
import io.convoy.session.DeviceData;
import io.convoy.session.Session;
import java.nio.IntBuffer;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;

/** Tells a step which instances of a data set on the device make up a batch. */
final class GatheredBatches extends Batches {
  private final IntUnaryOperator places;
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
      int size,
      Optional<float[]> weights) {
    super(
        session.prepare(fetches, model.shapes(size), model.x, model.y, data), size, model, weights);
    this.places = places;
    this.instances = step().order().asIntBuffer();
  }

  @Override
  void feed(int[] order, int from) {
    for (int i = 0; i < size(); i++) {
      instances.put(i, places.applyAsInt(order[from + i]));
    }
  }
}
