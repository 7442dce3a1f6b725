// SPDX-License-Identifier: Apache-2.0
package io.convoy.model;

import io.convoy.data.Dataset;
import io.convoy.data.PackedImages;
import io.convoy.graph.Value;
import io.convoy.session.DeviceData;
import io.convoy.session.Session;
import io.convoy.session.Step;
import io.convoy.tensor.DType;
import java.util.List;
import java.util.Optional;

/** Runs a step on batches of one size out of a data set, without allocating. */
interface Batches {
  /** Runs the step on {@code order[from]} to {@code order[from + size - 1]}. */
  void run(int[] order, int from);

  /** The step, whose outputs are those of the last run. */
  Step step();

  /** Batches that are gathered on the device, if the data set fits there; else they are fed. */
  static Batches of(
      ModelGraph model, Session session, List<Value> fetches, Dataset data, int size) {
    Optional<PackedImages.Part> packed =
        model.y.dtype() == DType.INT32 ? data.packed() : Optional.empty();
    Optional<DeviceData> placed = packed.flatMap(p -> session.place(p.images()));
    return placed.isPresent()
        ? new GatheredBatches(model, session, fetches, placed.get(), packed.get().places(), size)
        : new FedBatches(model, session, fetches, data, size);
  }
}
