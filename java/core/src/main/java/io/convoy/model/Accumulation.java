// SPDX-License-Identifier: Apache-2.0
package io.convoy.model;

import io.convoy.graph.Graph;
import io.convoy.graph.Value;
import io.convoy.initializers.Initializer;
import io.convoy.nn.Nn;
import io.convoy.ops.Assign;
import io.convoy.optimizers.BoundOptimizer;
import java.util.ArrayList;
import java.util.List;

/**
 * A step over several batches: each adds its gradients to sums on the device, and then the weights
 * are changed by these. Between two steps the sums mean nothing, so they are no part of a model's
 * state.
 *
 * @param share what of the step's instances are the batch's, FLOAT32 {@code []}: the gradients of
 *     its mean loss are multiplied by it
 * @param draw the number of the batch in the whole fit, which dropout counts on, INT32 {@code []}
 * @param clear makes the sums 0; to be done before the first batch of a step, whatever they were
 * @param batch adds the gradients of a batch
 * @param update changes the weights
 * @param sums the variables with the sums
 */
record Accumulation(
    Value share, Value draw, Value clear, Value batch, Value update, List<Value> sums) {

  static Accumulation of(
      Value share,
      Value draw,
      BoundOptimizer optimizer,
      List<Value> gradients,
      List<Value> beside) {
    Graph graph = share.graph();
    List<Value> sums = new ArrayList<>();
    List<Value> cleared = new ArrayList<>();
    List<Value> done = new ArrayList<>(beside);
    for (int i = 0; i < gradients.size(); i++) {
      Value parameter = optimizer.parameters().get(i);
      String name = "accumulation/" + parameter.name();
      Initializer zero = Initializer.constant(0);
      Value sum = graph.variable(name, parameter.shape(), zero, false);
      sums.add(sum);
      cleared.add(graph.add("accumulation/clear", new Assign(0, 0), sum, sum).output(0));
      done.add(Nn.assignAdd(sum, gradients.get(i)));
    }
    Value update = optimizer.step(sums, List.of());
    return new Accumulation(
        share, draw, Nn.group(cleared), Nn.group(done), update, List.copyOf(sums));
  }
}
