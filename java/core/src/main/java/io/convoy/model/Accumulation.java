// SPDX-License-Identifier: Apache-2.0
package io.convoy.model;

import io.convoy.graph.Graph;
import io.convoy.graph.Value;
import io.convoy.initializers.Initializer;
import io.convoy.nn.Nn;
import io.convoy.optimizers.BoundOptimizer;
import io.convoy.tensor.DType;
import io.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * A step over several batches: each adds its gradients to sums on the device, and then the weights
 * are changed by these. Between two steps the sums mean nothing, so they are no part of a model's
 * state.
 *
 * @param share what of the step's instances are the batch's, FLOAT32 {@code []}: the gradients of
 *     its mean loss are multiplied by it
 * @param keep 0 for the first batch of a step, else 1: FLOAT32 {@code []}
 * @param draw the number of the batch in the whole fit, which dropout counts on, INT32 {@code []}
 * @param batch adds the gradients of a batch
 * @param update changes the weights
 * @param sums the variables with the sums
 */
record Accumulation(
    Value share, Value keep, Value draw, Value batch, Value update, List<Value> sums) {

  static Accumulation of(
      Value share,
      Value draw,
      BoundOptimizer optimizer,
      List<Value> gradients,
      List<Value> beside) {
    Graph graph = share.graph();
    Value keep = graph.placeholder("accumulation/keep", DType.FLOAT32, Shape.scalar());
    List<Value> sums = new ArrayList<>();
    List<Value> done = new ArrayList<>(beside);
    for (int i = 0; i < gradients.size(); i++) {
      Value parameter = optimizer.parameters().get(i);
      String name = "accumulation/" + parameter.name();
      Initializer zero = Initializer.constant(0);
      Value sum = graph.variable(name, parameter.shape(), zero, false);
      sums.add(sum);
      done.add(Nn.assign(sum, Nn.add(Nn.multiply(sum, keep), gradients.get(i))));
    }
    Value update = optimizer.step(sums, List.of());
    return new Accumulation(share, keep, draw, Nn.group(done), update, List.copyOf(sums));
  }
}
