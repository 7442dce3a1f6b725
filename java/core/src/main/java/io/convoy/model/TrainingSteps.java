// SPDX-License-Identifier: Apache-2.0
package io.convoy.model;

import io.convoy.data.Dataset;
import io.convoy.graph.Value;
import io.convoy.session.Session;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Does training steps, without allocating. */
interface TrainingSteps {
  /** Begins an epoch, see {@link BatchSource#begin}. */
  void begin(int[] order, int done);

  /**
   * Does a step.
   *
   * @param step its number in the whole fit, from 0
   * @param from the first of the order that the step takes
   * @param size how many it takes
   */
  void run(long step, int from, int size);

  /** The steps of a fit. Plans for smaller batches are made when one comes, not before step 1. */
  static TrainingSteps of(ModelGraph model, Session session, Dataset data, FitOptions options) {
    TrainingGraph training = model.requireTraining();
    Optional<float[]> weights = InstanceWeights.of(data, options.classWeight());
    if (options.accumulate() > 1) {
      return accumulated(model, session, data, options, weights);
    }
    List<Value> step = List.of(weights.isPresent() ? training.weightedStep() : training.step);
    BatchSource source = BatchSource.of(model, session, step, data, weights);
    return new PlainSteps(source, new BatchSizes<>(options.batchSize(), source::prepare));
  }

  private static TrainingSteps accumulated(
      ModelGraph model,
      Session session,
      Dataset data,
      FitOptions options,
      Optional<float[]> weights) {
    Accumulation accumulation = model.requireTraining().accumulation();
    Optional<float[]> all = weights.or(() -> Optional.of(InstanceWeights.ones(data.size())));
    List<Value> batch = List.of(accumulation.batch());
    return new AccumulatedSteps(
        accumulation,
        session.prepare(List.of(accumulation.clear()), Map.of()),
        session.prepare(List.of(accumulation.update()), Map.of()),
        options.batchSize(),
        options.accumulate(),
        BatchSource.of(model, session, batch, data, all));
  }
}
