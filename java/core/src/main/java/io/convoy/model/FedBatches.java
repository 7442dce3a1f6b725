// SPDX-License-Identifier: Apache-2.0
package io.convoy.model;

import io.convoy.data.Dataset;
import io.convoy.graph.Value;
import io.convoy.session.Session;
import io.convoy.session.Step;
import io.convoy.tensor.DType;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;

/** Feeds a step with batches out of a data set. */
final class FedBatches extends BatchSource {
  private final ModelGraph model;
  private final Session session;
  private final List<Value> fetches;
  private final Dataset data;

  FedBatches(
      ModelGraph model,
      Session session,
      List<Value> fetches,
      Dataset data,
      Optional<float[]> weights) {
    super(model, weights);
    this.model = model;
    this.session = session;
    this.fetches = fetches;
    this.data = data;
  }

  @Override
  Step step(int size) {
    return session.prepare(fetches, model.shapes(size));
  }

  @Override
  IntConsumer feed(Step step, int size) {
    FloatBuffer features = step.input(model.x).asFloatBuffer();
    if (model.y.dtype() == DType.INT32) {
      IntBuffer labels = step.input(model.y).asIntBuffer();
      return from -> data.copy(order(), from, size, features, labels);
    }
    IntBuffer labels = IntBuffer.allocate(size);
    OneHot oneHot =
        new OneHot(step.input(model.y).asFloatBuffer(), model.y.shape().withBatch(size));
    return from -> {
      data.copy(order(), from, size, features, labels);
      oneHot.write(labels);
    };
  }
}
