// SPDX-License-Identifier: Apache-2.0
package io.convoy.model;

import io.convoy.graph.Graph;
import io.convoy.graph.Value;
import io.convoy.initializers.Initializer;
import io.convoy.layers.LayerScope;
import io.convoy.losses.Loss;
import io.convoy.metrics.Metric;
import io.convoy.nn.Mixing;
import io.convoy.nn.Nn;
import io.convoy.optimizers.Optimizer;
import io.convoy.schedules.Schedule;
import io.convoy.session.Session;
import io.convoy.tensor.DType;
import io.convoy.tensor.Shape;
import io.convoy.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A network as graph: for training if there is an optimizer, and for inference, over the same
 * weights. Loss and metrics are summed in variables, so that a step returns nothing.
 */
final class ModelGraph {
  final Graph graph;
  final Value x;
  final Value y;
  final Value predictions;

  /** What each layer puts out in inference; the last are the predictions. */
  private final List<Value> outputs;

  /** One training step. */
  final Optional<Value> train;

  /** Adds loss and metrics of a batch in inference to the sums. */
  final Value evaluate;

  /** Sums over the instances of an epoch while training: of the loss, then of each metric. */
  final List<Value> trainingSums;

  /** Sums over the instances of an evaluation: of the loss, then of each metric. */
  final List<Value> evaluationSums;

  /** The network's own variables: what a model file holds. */
  final List<Value> weights;

  private final Network network;
  private final Optional<Optimizer> optimizer;
  private final Loss loss;
  private final List<Metric> metrics;

  ModelGraph(
      Network network, Optional<Optimizer> optimizer, Loss loss, List<Metric> metrics, long seed) {
    this.graph = new Graph(seed);
    this.network = network;
    this.optimizer = optimizer;
    this.loss = loss;
    this.metrics = metrics;
    LayerScope scope = new LayerScope(graph);
    Value trained = last(network.build(scope, Optional.empty(), true));
    this.x = graph.nodes().get(0).output(0);
    // Not the number of the step, which dropout counts on.
    this.weights = graph.variables().stream().filter(v -> v.dtype() == DType.FLOAT32).toList();
    this.outputs = graph.inScope("inference", () -> network.build(scope, Optional.of(x), false));
    this.predictions = last(outputs);
    TensorSpec labels = loss.labels(predictions.shape());
    this.y = graph.placeholder("labels", labels.dtype(), labels.shape());
    this.trainingSums = declareSums("training");
    this.evaluationSums = declareSums("evaluation");
    this.train = optimizer.map(o -> trainingStep(o, trained, scope));
    this.evaluate =
        graph.inScope(
            "evaluate", () -> Nn.group(accumulate(perInstance(y, predictions), evaluationSums)));
  }

  /** What the placeholders are bound to for a batch size. */
  Map<Value, Shape> shapes(int batchSize) {
    return Map.of(x, x.shape().withBatch(batchSize), y, y.shape().withBatch(batchSize));
  }

  /** The rate of the optimizer that there must be. */
  LearningRate learningRate(Session session) {
    Value base =
        graph.variables().stream()
            .filter(v -> v.name().equals(Optimizer.LEARNING_RATE))
            .findFirst()
            .orElseThrow();
    Schedule schedule = optimizer.orElseThrow().schedule();
    return new LearningRate(session, base, graph.iterations(), schedule);
  }

  /** What a layer puts out in inference. */
  Value output(String layer) {
    List<String> names = network.entries().stream().map(Network.Entry::name).toList();
    if (!names.contains(layer)) {
      throw new IllegalArgumentException(
          "network '" + network.name() + "' has no layer '" + layer + "'; it has " + names);
    }
    return outputs.get(names.indexOf(layer));
  }

  private static Value last(List<Value> values) {
    return values.get(values.size() - 1);
  }

  private List<Value> declareSums(String kind) {
    List<Value> sums = new ArrayList<>();
    sums.add(sum(kind, "loss"));
    for (Metric metric : metrics) {
      sums.add(sum(kind, metric.name()));
    }
    return sums;
  }

  private Value sum(String kind, String name) {
    Initializer zero = Initializer.constant(0);
    return graph.variable("sums/" + kind + "/" + name, Shape.scalar(), zero, false);
  }

  private Value trainingStep(Optimizer optimizer, Value trained, LayerScope scope) {
    List<Value> perInstance = graph.inScope("loss", () -> training(trained, scope));
    Value total = Nn.reduceMean(perInstance.get(0));
    for (Value penalty : scope.losses()) {
      total = Nn.add(total, penalty);
    }
    List<Value> all = new ArrayList<>();
    all.add(optimizer.minimize(total));
    all.addAll(graph.inScope("loss", () -> accumulate(perInstance, trainingSums)));
    return Nn.group(all);
  }

  /** Loss and metrics of each instance, mixed of two labels if a layer has mixed the instances. */
  private List<Value> training(Value trained, LayerScope scope) {
    List<Value> own = perInstance(y, trained);
    if (scope.labelShare().isEmpty()) {
      return own;
    }
    List<Value> others = perInstance(Mixing.reverse(y), trained);
    List<Value> mixed = new ArrayList<>();
    for (int i = 0; i < own.size(); i++) {
      mixed.add(Mixing.mix(own.get(i), others.get(i), scope.labelShare().get()));
    }
    return mixed;
  }

  private List<Value> perInstance(Value labels, Value output) {
    List<Value> values = new ArrayList<>();
    values.add(loss.perInstance(labels, output));
    for (Metric metric : metrics) {
      values.add(metric.perInstance(labels, output));
    }
    return values;
  }

  private List<Value> accumulate(List<Value> perInstance, List<Value> sums) {
    List<Value> tokens = new ArrayList<>();
    for (int i = 0; i < perInstance.size(); i++) {
      tokens.add(Nn.assignAdd(sums.get(i), Nn.reduceSum(perInstance.get(i))));
    }
    return tokens;
  }
}
