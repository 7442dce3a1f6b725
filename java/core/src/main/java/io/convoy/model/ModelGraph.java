// SPDX-License-Identifier: Apache-2.0
package io.convoy.model;

import io.convoy.data.Dataset;
import io.convoy.graph.Graph;
import io.convoy.graph.Value;
import io.convoy.layers.LayerScope;
import io.convoy.losses.Loss;
import io.convoy.metrics.Metric;
import io.convoy.nn.Nn;
import io.convoy.optimizers.BoundOptimizer;
import io.convoy.optimizers.Optimizer;
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

  /** What each instance's loss is multiplied by in weighted passes, FLOAT32 {@code [N]}. */
  final Value instanceWeights;

  final Value predictions;

  /** What each layer puts out in inference; the last are the predictions. */
  private final List<Value> outputs;

  /** The training steps, if there is an optimizer. */
  final Optional<TrainingGraph> training;

  /** Adds loss and metrics of a batch in inference to the sums. */
  final Value evaluate;

  /** The network's own variables: what a model file holds. */
  final List<Value> weights;

  /** What inference reads in place of weights: their moving averages, if there are any. */
  final Map<Value, Value> averages;

  private final Network network;
  private final Optional<Optimizer> optimizer;
  private final Totals trainingTotals;
  private final Totals evaluationTotals;
  private Value weightedEvaluate;

  ModelGraph(
      Network network, Optional<Optimizer> optimizer, Loss loss, List<Metric> metrics, long seed) {
    this.graph = new Graph(seed);
    this.network = network;
    this.optimizer = optimizer;
    LayerScope scope = new LayerScope(graph);
    Value trained = last(network.build(scope, Optional.empty(), true));
    this.x = graph.nodes().get(0).output(0);
    // Not the number of the step, which dropout counts on.
    this.weights = graph.variables().stream().filter(v -> v.dtype() == DType.FLOAT32).toList();
    Optional<BoundOptimizer> bound = optimizer.map(o -> o.bind(graph, graph.trainableVariables()));
    this.averages = bound.map(BoundOptimizer::averages).orElse(Map.of());
    scope.replace(averages);
    this.outputs = graph.inScope("inference", () -> network.build(scope, Optional.of(x), false));
    this.predictions = last(outputs);
    TensorSpec labels = loss.labels(predictions.shape());
    this.y = graph.placeholder("labels", labels.dtype(), labels.shape());
    this.instanceWeights = graph.placeholder("weights", DType.FLOAT32, Shape.of(-1));
    this.trainingTotals = new Totals("training", y, loss, metrics);
    this.evaluationTotals = new Totals("evaluation", y, loss, metrics);
    this.evaluate = evaluation("evaluate", Optional.empty());
    this.training =
        bound.map(
            o -> new TrainingGraph(network, scope, trained, x, instanceWeights, trainingTotals, o));
  }

  /** What the placeholders are bound to for a batch size. */
  Map<Value, Shape> shapes(int batchSize) {
    return Map.of(
        x, x.shape().withBatch(batchSize),
        y, y.shape().withBatch(batchSize),
        instanceWeights, instanceWeights.shape().withBatch(batchSize));
  }

  /** The training steps that there must be. */
  TrainingGraph requireTraining() {
    return training.orElseThrow(
        () ->
            new IllegalStateException(
                "the model was loaded for inference; compile its network with an optimizer to train"
                    + " it"));
  }

  /** The rate of the optimizer that there must be. */
  LearningRate learningRate(Session session) {
    Value base = requireTraining().optimizer().learningRate();
    return new LearningRate(session, base, graph.iterations(), optimizer.orElseThrow().schedule());
  }

  /** The sums over the instances of an epoch while training: of the loss, then of each metric. */
  List<Value> trainingSums() {
    return trainingTotals.sums();
  }

  /** The sums over the instances of an evaluation: of the loss, then of each metric. */
  List<Value> evaluationSums() {
    return evaluationTotals.sums();
  }

  /** As {@link #evaluate}, with each instance's loss times its weight. */
  Value weightedEvaluate() {
    if (weightedEvaluate == null) {
      weightedEvaluate = evaluation("weighted_evaluate", Optional.of(instanceWeights));
    }
    return weightedEvaluate;
  }

  /** Everything that changes while training, and means something between two steps. */
  List<Value> state() {
    List<Value> state = new ArrayList<>(graph.variables());
    training.ifPresent(t -> state.removeAll(t.accumulated()));
    return state;
  }

  private Value evaluation(String name, Optional<Value> given) {
    return graph.inScope(
        name,
        () ->
            Nn.group(
                evaluationTotals.accumulate(evaluationTotals.perInstance(predictions, given))));
  }

  /** Checks that the network takes a data set's instances and knows its classes. */
  void requireFits(Dataset data) {
    Shape given = data.instanceShape();
    if (!x.shape().equals(given.batched())) {
      throw new IllegalArgumentException(
          String.format(
              "the data has instances %s, network '%s' wants %s with the batch in front",
              given, network.name(), x.shape()));
    }
    int count = predictions.shape().elementsPerRow();
    if (data.classes() > Math.max(2, count)) {
      throw new IllegalArgumentException(
          String.format(
              "the data has %d classes, network '%s' only %d outputs",
              data.classes(), network.name(), count));
    }
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
}
