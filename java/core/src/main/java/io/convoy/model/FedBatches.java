// SPDX-License-Identifier: Apache-2.0
package io.convoy.model;

import io.convoy.data.Dataset;
import io.convoy.graph.Value;
import io.convoy.session.Session;
import io.convoy.tensor.DType;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.List;
import java.util.Optional;

/** Feeds a step with batches of one size out of a data set. */
final class FedBatches extends Batches {
  private final Dataset data;
  private final FloatBuffer features;
  private final IntBuffer labels;
  private final OneHot oneHot;

  FedBatches(
      ModelGraph model,
      Session session,
      List<Value> fetches,
      Dataset data,
      int size,
      Optional<float[]> weights) {
    super(session.prepare(fetches, model.shapes(size)), size, model, weights);
    this.data = data;
    this.features = step().input(model.x).asFloatBuffer();
    boolean sparse = model.y.dtype() == DType.INT32;
    this.oneHot =
        sparse
            ? null
            : new OneHot(step().input(model.y).asFloatBuffer(), model.y.shape().withBatch(size));
    this.labels = sparse ? step().input(model.y).asIntBuffer() : IntBuffer.allocate(size);
  }

  @Override
  void feed(int[] order, int from) {
    data.copy(order, from, size(), features, labels);
    if (oneHot != null) {
      oneHot.write(labels);
    }
  }
}
