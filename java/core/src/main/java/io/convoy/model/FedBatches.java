// SPDX-License-Identifier: Apache-2.0
package io.convoy.model;

import io.convoy.data.Dataset;
import io.convoy.graph.Value;
import io.convoy.session.Session;
import io.convoy.session.Step;
import io.convoy.tensor.DType;
import io.convoy.tensor.Shape;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.List;
import java.util.Map;

/** Feeds a step with batches of one size out of a data set. */
final class FedBatches implements Batches {
  private final Dataset data;
  private final Step step;
  private final int size;
  private final FloatBuffer features;
  private final IntBuffer labels;
  private final OneHot oneHot;

  FedBatches(ModelGraph model, Session session, List<Value> fetches, Dataset data, int size) {
    this.data = data;
    this.size = size;
    Map<Value, Shape> shapes = model.shapes(size);
    this.step = session.prepare(fetches, shapes);
    this.features = step.input(model.x).asFloatBuffer();
    boolean sparse = model.y.dtype() == DType.INT32;
    this.oneHot =
        sparse ? null : new OneHot(step.input(model.y).asFloatBuffer(), shapes.get(model.y));
    this.labels = sparse ? step.input(model.y).asIntBuffer() : IntBuffer.allocate(size);
  }

  @Override
  public void run(int[] order, int from) {
    data.copy(order, from, size, features, labels);
    if (oneHot != null) {
      oneHot.write(labels);
    }
    step.run();
  }

  @Override
  public Step step() {
    return step;
  }
}
