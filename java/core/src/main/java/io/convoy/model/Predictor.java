// SPDX-License-Identifier: Apache-2.0
package io.convoy.model;

import io.convoy.graph.Value;
import io.convoy.session.Feed;
import io.convoy.session.Session;
import io.convoy.session.Step;
import io.convoy.tensor.DType;
import io.convoy.tensor.Shape;
import io.convoy.tensor.Tensor;
import io.convoy.tensor.TensorSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs instances from memory through a network, in inference. */
record Predictor(ModelGraph model, Session session) {
  private static final int BATCH = 128;

  Step step(int batchSize) {
    return session.prepare(
        List.of(model.predictions), Map.of(model.x, model.x.shape().withBatch(batchSize)));
  }

  /** Instances {@code [N, ...]} in batches; returns {@code [N, ...]}. */
  Tensor predict(Tensor instances) {
    requireFit(instances);
    int count = instances.spec().shape().dim(0);
    Shape out = model.predictions.shape().withBatch(count);
    Tensor result = Tensor.zeros(new TensorSpec(DType.FLOAT32, out));
    for (int at = 0; at < count; at += BATCH) {
      predict(instances, at, Math.min(BATCH, count - at), result);
    }
    return result;
  }

  private void predict(Tensor instances, int from, int count, Tensor into) {
    Step step = step(count);
    int inRow = Float.BYTES * model.x.shape().elementsPerRow();
    int outRow = Float.BYTES * model.predictions.shape().elementsPerRow();
    step.input(model.x).put(0, instances.bytes(), from * inRow, count * inRow);
    step.run();
    into.bytes().put(from * outRow, step.output(0), 0, count * outRow);
  }

  /** What layers put out for instances {@code [N, ...]}, as one batch. */
  Map<String, Tensor> outputs(Tensor instances, List<String> layers) {
    requireFit(instances);
    List<Value> fetches = layers.stream().map(model::output).toList();
    List<Tensor> results = session.run(fetches, Feed.feed(model.x, instances));
    Map<String, Tensor> byName = new LinkedHashMap<>();
    for (int i = 0; i < layers.size(); i++) {
      byName.put(layers.get(i), results.get(i));
    }
    return byName;
  }

  private void requireFit(Tensor instances) {
    TensorSpec given = instances.spec();
    if (!model.x.shape().accepts(given.shape()) || given.dtype() != DType.FLOAT32) {
      throw new IllegalArgumentException(
          "the network wants " + model.x.spec() + ", the instances are " + given);
    }
  }
}
