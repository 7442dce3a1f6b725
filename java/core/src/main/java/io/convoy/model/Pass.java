// SPDX-License-Identifier: Apache-2.0
package io.convoy.model;

import io.convoy.data.Dataset;
import io.convoy.graph.Value;
import io.convoy.session.Session;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Runs fetches over a whole data set in its order, a batch at a time, the last as small as it is.
 */
record Pass(ModelGraph model, Session session, List<Value> fetches) {
  /** Sees a batch that was run. */
  @FunctionalInterface
  interface Seen {
    void accept(Batches batch, int from, int count);
  }

  void run(Dataset data, int batchSize, Seen seen) {
    int size = Math.min(batchSize, data.size());
    int[] order = IntStream.range(0, data.size()).toArray();
    Batches full = Batches.of(model, session, fetches, data, size);
    int at = 0;
    for (; at + size <= data.size(); at += size) {
      full.run(order, at);
      seen.accept(full, at, size);
    }
    if (at < data.size()) {
      Batches rest = Batches.of(model, session, fetches, data, data.size() - at);
      rest.run(order, at);
      seen.accept(rest, at, data.size() - at);
    }
  }
}
