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

/** Runs a step on batches of one size out of a data set, without allocating. */
abstract class Batches {
  private final Step step;
  private final int size;
  private final float[] weights; // by instance, null if the step wants none
  private final FloatBuffer batchWeights;

  /**
   * Feeds a step.
   *
   * @param step prepared for batches of the size
   * @param weights of the data set's instances, if the step reads weights
   */
  Batches(Step step, int size, ModelGraph model, Optional<float[]> weights) {
    this.step = step;
    this.size = size;
    this.weights = weights.orElse(null);
    this.batchWeights =
        weights.isPresent() ? step.input(model.instanceWeights).asFloatBuffer() : null;
  }

  /** Batches that are gathered on the device, if the data set fits there; else they are fed. */
  static Batches of(
      ModelGraph model,
      Session session,
      List<Value> fetches,
      Dataset data,
      int size,
      Optional<float[]> weights) {
    Optional<PackedImages.Part> packed =
        model.y.dtype() == DType.INT32 ? data.packed() : Optional.empty();
    Optional<DeviceData> placed = packed.flatMap(p -> session.place(p.images()));
    return placed.isPresent()
        ? new GatheredBatches(
            model, session, fetches, placed.get(), packed.get().places(), size, weights)
        : new FedBatches(model, session, fetches, data, size, weights);
  }

  /** Runs the step on {@code order[from]} to {@code order[from + size - 1]}. */
  final void run(int[] order, int from) {
    feed(order, from);
    if (weights != null) {
      for (int i = 0; i < size; i++) {
        batchWeights.put(i, weights[order[from + i]]);
      }
    }
    step.run();
  }

  /** Feeds the step with the instances. */
  abstract void feed(int[] order, int from);

  /** What is run; its outputs are those of the last run. */
  final Step step() {
    return step;
  }

  final int size() {
    return size;
  }
}
