// SPDX-License-Identifier: Apache-2.0
package io.convoy.model;

import io.convoy.data.Dataset;
import io.convoy.data.PackedImages;
import io.convoy.graph.Value;
import io.convoy.session.DeviceData;
import io.convoy.session.Session;
import io.convoy.session.Step;
import io.convoy.tensor.DType;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;

/** Where the batches of a step come from: a data set, in passes. Running allocates nothing. */
abstract class BatchSource {
  private final ModelGraph model;
  private final Optional<float[]> weights;
  private int[] order;

  /**
   * Makes a source.
   *
   * @param weights of the data set's instances, if the step reads weights
   */
  BatchSource(ModelGraph model, Optional<float[]> weights) {
    this.model = model;
    this.weights = weights;
  }

  /** Batches that are gathered on the device, if the data set fits there; else they are fed. */
  static BatchSource of(
      ModelGraph model,
      Session session,
      List<Value> fetches,
      Dataset data,
      Optional<float[]> weights) {
    Optional<PackedImages.Part> packed =
        model.y.dtype() == DType.INT32 ? data.packed() : Optional.empty();
    Optional<DeviceData> placed = packed.flatMap(p -> session.place(p.images()));
    return placed.isPresent()
        ? new GatheredBatches(
            model,
            session,
            fetches,
            placed.get().pass(fetches.get(0).name(), data.size()),
            packed.get().places(),
            weights)
        : new FedBatches(model, session, fetches, data, weights);
  }

  /**
   * Begins a pass, whose batches are then run one behind the other.
   *
   * @param order the instances; not to be changed before the end
   * @param done how many of them are passed over
   */
  void begin(int[] order, int done) {
    this.order = order;
  }

  final int[] order() {
    return order;
  }

  /** Prepares the step for batches of a size. */
  final Batches prepare(int size) {
    Step step = step(size);
    IntConsumer feed = feed(step, size);
    return new Batches(
        step, weights.map(w -> feed.andThen(feedWeights(w, step, size))).orElse(feed));
  }

  private IntConsumer feedWeights(float[] all, Step step, int size) {
    FloatBuffer batch = step.input(model.instanceWeights).asFloatBuffer();
    return from -> {
      for (int i = 0; i < size; i++) {
        batch.put(i, all[order[from + i]]);
      }
    };
  }

  abstract Step step(int size);

  /** Feeds a step with the instances. */
  abstract IntConsumer feed(Step step, int size);
}
