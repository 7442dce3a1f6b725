// SPDX-License-Identifier: Apache-2.0
package io.convoy.model;

import io.convoy.graph.Graph;
import io.convoy.graph.Value;
import io.convoy.initializers.Initializer;
import io.convoy.losses.Loss;
import io.convoy.metrics.Metric;
import io.convoy.nn.Mixing;
import io.convoy.nn.Nn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Loss and metrics, and their sums over the instances of an epoch or an evaluation. */
final class Totals {
  private final String kind;
  private final Value y;
  private final Loss loss;
  private final List<Metric> metrics;
  private final List<Value> sums = new ArrayList<>();

  /**
   * Makes totals without sums yet.
   *
   * @param kind tells the sums of training and evaluation apart
   * @param y the labels
   */
  Totals(String kind, Value y, Loss loss, List<Metric> metrics) {
    this.kind = kind;
    this.y = y;
    this.loss = loss;
    this.metrics = metrics;
  }

  /** The variables with the sums: of the loss, then of each metric. */
  List<Value> sums() {
    return sums;
  }

  /**
   * Judges an output: the loss of each instance, times its weight if it has one, then the metrics'
   * numbers.
   *
   * @param weights FLOAT32 {@code [N]}
   */
  List<Value> perInstance(Value output, Optional<Value> weights) {
    return perInstance(y, output, weights);
  }

  /**
   * As {@link #perInstance}, of instances that a layer has mixed with those in reverse order.
   *
   * @param share of an instance's own label, FLOAT32 {@code []}
   */
  List<Value> mixed(Value output, Optional<Value> weights, Value share) {
    List<Value> own = perInstance(y, output, weights);
    List<Value> others = perInstance(Mixing.reverse(y), output, weights.map(Mixing::reverse));
    List<Value> mixed = new ArrayList<>();
    for (int i = 0; i < own.size(); i++) {
      mixed.add(Mixing.mix(own.get(i), others.get(i), share));
    }
    return mixed;
  }

  private List<Value> perInstance(Value labels, Value output, Optional<Value> weights) {
    List<Value> values = new ArrayList<>();
    Value losses = loss.perInstance(labels, output);
    values.add(weights.map(w -> Nn.multiply(losses, w)).orElse(losses));
    for (Metric metric : metrics) {
      values.add(metric.perInstance(labels, output));
    }
    return values;
  }

  /** Adds what {@link #perInstance} returned to the sums, and returns the tokens of that. */
  List<Value> accumulate(List<Value> perInstance) {
    List<Value> tokens = new ArrayList<>();
    for (int i = 0; i < perInstance.size(); i++) {
      Value batch = Nn.reduceSum(perInstance.get(i), 0); // without the batch
      if (sums.size() == i) {
        sums.add(sum(i == 0 ? "loss" : metrics.get(i - 1).name(), batch));
      }
      tokens.add(Nn.assignAdd(sums.get(i), batch));
    }
    return tokens;
  }

  private Value sum(String name, Value batch) {
    Graph graph = batch.graph();
    Initializer zero = Initializer.constant(0);
    String full = "sums/" + kind + "/" + name;
    return graph.atRoot(() -> graph.variable(full, batch.shape(), zero, false));
  }
}
