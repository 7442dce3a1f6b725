// SPDX-License-Identifier: Apache-2.0
package io.convoy.model;

import io.convoy.graph.Value;
import io.convoy.session.DeviceData;
import io.convoy.session.Session;
import io.convoy.session.Step;
import java.nio.IntBuffer;
import java.util.List;

/** Tells a step which instances of a data set on the device make up a batch. */
final class GatheredBatches implements Batches {
  private final int first;
  private final int size;
  private final Step step;
  private final IntBuffer instances;

  /**
   * Prepares a step.
   *
   * @param first where in the data set on the device instance 0 lies
   */
  GatheredBatches(
      ModelGraph model, Session session, Value fetch, DeviceData data, int first, int size) {
    this.first = first;
    this.size = size;
    this.step = session.prepare(List.of(fetch), model.shapes(size), model.x, model.y, data);
    this.instances = step.order().asIntBuffer();
  }

  @Override
  public void run(int[] order, int from) {
    for (int i = 0; i < size; i++) {
      instances.put(i, first + order[from + i]);
    }
    step.run();
  }
}
