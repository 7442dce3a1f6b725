// SPDX-License-Identifier: Apache-2.0
package io.convoy.model;

import io.convoy.autodiff.Gradients;
import io.convoy.graph.Graph;
import io.convoy.graph.Value;
import io.convoy.layers.LayerScope;
import io.convoy.nn.Nn;
import io.convoy.optimizers.BoundOptimizer;
import io.convoy.tensor.DType;
import io.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The training steps of a network. The plain one is there from the beginning; others are added to
 * the graph when a fit first wants them. All share the weights and the optimizer's state.
 */
final class TrainingGraph {
  /** A forward pass: output, terms of the loss, and what is to be done with it. */
  private record Pass(
      Value output, List<Value> penalties, List<Value> updates, Optional<Value> labelShare) {}

  /** Changes the weights by the mean loss of a batch. */
  final Value step;

  /** What {@link #step} changes them by: a gradient for each parameter of the optimizer. */
  final List<Value> gradients;

  private final Network network;
  private final LayerScope scope;
  private final Value x;
  private final Value weights;
  private final Totals totals;
  private final BoundOptimizer optimizer;
  private final Pass pass;
  private Value weightedStep;
  private Accumulation accumulation;

  /**
   * Adds the plain step.
   *
   * @param scope in which the network was built once, for training, with this output
   * @param x the instances
   * @param weights each instance's weight, for the steps that read it
   */
  TrainingGraph(
      Network network,
      LayerScope scope,
      Value output,
      Value x,
      Value weights,
      Totals totals,
      BoundOptimizer optimizer) {
    this.network = network;
    this.scope = scope;
    this.x = x;
    this.weights = weights;
    this.totals = totals;
    this.pass =
        new Pass(output, scope.losses(), List.copyOf(output.graph().updates()), scope.labelShare());
    this.optimizer = optimizer;
    if (optimizer.parameters().isEmpty()) {
      throw new IllegalArgumentException(
          "there is nothing to train: no layer is trainable in network '" + network.name() + "'");
    }
    List<Value> perInstance = judge("loss", pass, Optional.empty());
    List<Value> scaled = gradients(perInstance);
    this.gradients = optimizer.unscaled(scaled);
    this.step = step("loss", perInstance, scaled);
  }

  BoundOptimizer optimizer() {
    return optimizer;
  }

  /** As {@link #step}, with each instance's loss times its weight. */
  Value weightedStep() {
    if (weightedStep == null) {
      List<Value> perInstance = judge("weighted_loss", pass, Optional.of(weights));
      weightedStep = step("weighted_loss", perInstance, gradients(perInstance));
    }
    return weightedStep;
  }

  private List<Value> judge(String name, Pass of, Optional<Value> given) {
    return x.graph()
        .inScope(
            name,
            () ->
                of.labelShare()
                    .map(share -> totals.mixed(of.output(), given, share))
                    .orElseGet(() -> totals.perInstance(of.output(), given)));
  }

  private List<Value> gradients(List<Value> perInstance) {
    Value total = total(perInstance, pass.penalties());
    return Gradients.of(optimizer.scaled(total), optimizer.parameters());
  }

  private Value step(String name, List<Value> perInstance, List<Value> by) {
    List<Value> all = new ArrayList<>();
    all.add(optimizer.step(by, pass.updates()));
    all.addAll(x.graph().inScope(name, () -> totals.accumulate(perInstance)));
    return Nn.group(all);
  }

  private static Value total(List<Value> perInstance, List<Value> penalties) {
    Value total = Nn.reduceMean(perInstance.get(0));
    for (Value penalty : penalties) {
      total = Nn.add(total, penalty);
    }
    return total;
  }

  /** Steps over several batches, each instance's loss times its weight. */
  Accumulation accumulation() {
    if (accumulation == null) {
      accumulation = x.graph().atRoot(this::accumulate);
    }
    return accumulation;
  }

  /** Variables that mean something only inside of a step. */
  List<Value> accumulated() {
    return accumulation == null ? List.of() : accumulation.sums();
  }

  private Accumulation accumulate() {
    Graph graph = x.graph();
    Value share = graph.placeholder("accumulation/share", DType.FLOAT32, Shape.scalar());
    Value draw = graph.placeholder("accumulation/draw", DType.INT32, Shape.scalar());
    Pass own = forward("accumulation", draw);
    List<Value> perInstance = judge("accumulation", own, Optional.of(weights));
    Value loss = optimizer.scaled(total(perInstance, own.penalties()));
    Value total = Nn.multiply(loss, share);
    List<Value> gradients = Gradients.of(total, optimizer.parameters());
    List<Value> beside = new ArrayList<>(own.updates());
    beside.addAll(graph.inScope("accumulation", () -> totals.accumulate(perInstance)));
    return Accumulation.of(share, draw, optimizer, gradients, beside);
  }

  /** A forward pass of its own, since dropout draws a mask for each batch and not for each step. */
  private Pass forward(String name, Value draw) {
    Graph graph = x.graph();
    scope.countBy(draw);
    scope.replace(Map.of()); // inference may read averages, training does not
    int updates = graph.updates().size();
    int penalties = scope.losses().size();
    List<Value> outputs = graph.inScope(name, () -> network.build(scope, Optional.of(x), true));
    return new Pass(
        outputs.get(outputs.size() - 1),
        scope.losses().subList(penalties, scope.losses().size()),
        List.copyOf(graph.updates().subList(updates, graph.updates().size())),
        scope.labelShare());
  }
}
