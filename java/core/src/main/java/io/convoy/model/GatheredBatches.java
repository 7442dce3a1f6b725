// SPDX-License-Identifier: Apache-2.0
package io.convoy.model;

import io.convoy.graph.Value;
import io.convoy.session.DevicePass;
import io.convoy.session.Session;
import io.convoy.session.Step;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.function.IntUnaryOperator;

/** Lets a step gather its batches from a data set on the device, which counts them itself. */
final class GatheredBatches extends BatchSource {
  private final ModelGraph model;
  private final Session session;
  private final List<Value> fetches;
  private final DevicePass pass;
  private final IntUnaryOperator places;

  /**
   * Makes a source.
   *
   * @param places where in the data set on the device an instance lies
   */
  GatheredBatches(
      ModelGraph model,
      Session session,
      List<Value> fetches,
      DevicePass pass,
      IntUnaryOperator places,
      Optional<float[]> weights) {
    super(model, weights);
    this.model = model;
    this.session = session;
    this.fetches = fetches;
    this.pass = pass;
    this.places = places;
  }

  @Override
  void begin(int[] order, int done) {
    super.begin(order, done);
    pass.begin(i -> places.applyAsInt(order[i]), order.length, done);
  }

  @Override
  Step step(int size) {
    return session.prepare(fetches, model.shapes(size), model.x, model.y, pass);
  }

  @Override
  IntConsumer feed(Step step, int size) {
    return from -> {};
  }
}
