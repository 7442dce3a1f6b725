// SPDX-License-Identifier: Apache-2.0
package io.convoy.benchmarks.micro;

import io.convoy.contest.Net;
import io.convoy.losses.Losses;
import io.convoy.model.CompileOptions;
import io.convoy.model.Model;
import io.convoy.optimizers.Optimizers;
import io.convoy.tensor.Shape;
import io.convoy.zoo.Zoo;
import java.util.List;

/** A net of the contest as Convoy's model: Adam with rate 1e-3, sparse labels, no metrics. */
public final class NetModel {
  private NetModel() {}

  /**
   * Compiles a net.
   *
   * @param net which
   * @param options device and seed
   * @return the model, owned by the caller
   */
  public static Model compile(Net net, CompileOptions options) {
    Shape image = Shape.of(net.side(), net.side(), net.channels());
    return Zoo.byName(net.id(), image, Net.CLASSES)
        .compile(Optimizers.adam(1e-3), Losses.SPARSE_CATEGORICAL_CROSSENTROPY, List.of(), options);
  }
}
