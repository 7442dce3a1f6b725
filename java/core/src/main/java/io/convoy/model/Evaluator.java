// SPDX-License-Identifier: Apache-2.0
package io.convoy.model;

import io.convoy.data.Dataset;
import io.convoy.graph.Value;
import io.convoy.metrics.Metric;
import io.convoy.session.Session;
import io.convoy.session.Step;
import io.convoy.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Passes over data that change no weights. */
record Evaluator(ModelGraph model, Session session, List<Metric> metrics) {
  /** Looks at a step after a batch. */
  interface AfterBatch {
    void accept(Step step, int from, int count);
  }

  /**
   * Measures loss and metrics.
   *
   * @param fetches what else is read: fetch 1 of the step and so on
   */
  Evaluation evaluate(Dataset data, int batchSize, List<Value> fetches, AfterBatch afterBatch) {
    if (batchSize < 1) {
      throw new IllegalArgumentException("a batch wants at least 1 instance, is " + batchSize);
    }
    Optional<float[]> weights = InstanceWeights.of(data, Map.of());
    List<Value> all = new ArrayList<>();
    all.add(weights.isPresent() ? model.weightedEvaluate() : model.evaluate);
    all.addAll(fetches);
    Sums sums = new Sums(session, model.evaluationSums());
    sums.clear();
    int full = Math.min(batchSize, data.size());
    BatchSource source = BatchSource.of(model, session, all, data, weights);
    BatchSizes<Batches> batches = new BatchSizes<>(full, source::prepare);
    source.begin(IntStream.range(0, data.size()).toArray(), 0);
    for (int at = 0; at < data.size(); at += full) {
      int count = Math.min(full, data.size() - at);
      Batches batch = batches.of(count);
      batch.run(at);
      afterBatch.accept(batch.step(), at, count);
    }
    return read(sums, data.size());
  }

  /** Makes loss and metrics of their sums. */
  Evaluation read(Sums sums, long instances) {
    Map<String, Double> byName = new LinkedHashMap<>();
    for (int i = 0; i < metrics.size(); i++) {
      byName.put(metrics.get(i).name(), metrics.get(i).result(sums.read(i + 1), instances));
    }
    return new Evaluation(sums.read(0)[0] / (double) instances, byName);
  }

  /** Computes the gradients of the first instances' mean loss, by name of the parameter. */
  Map<String, Tensor> gradients(Dataset data, int count) {
    TrainingGraph training = model.requireTraining();
    if (count < 1 || count > data.size()) {
      throw new IllegalArgumentException(
          "a batch of " + count + " instances can't be taken of " + data.size());
    }
    BatchSource source = BatchSource.of(model, session, training.gradients, data, Optional.empty());
    source.begin(IntStream.range(0, count).toArray(), 0);
    Batches batch = source.prepare(count);
    batch.run(0);
    Map<String, Tensor> gradients = new LinkedHashMap<>();
    List<Value> parameters = training.optimizer().parameters();
    for (int i = 0; i < parameters.size(); i++) {
      Tensor gradient = Tensor.zeros(parameters.get(i).spec());
      gradient.bytes().put(0, batch.step().output(i), 0, gradient.bytes().capacity());
      gradients.put(parameters.get(i).name(), gradient);
    }
    return gradients;
  }
}
