// SPDX-License-Identifier: Apache-2.0
package io.convoy.optimizers;

import io.convoy.graph.Graph;
import io.convoy.graph.Value;
import io.convoy.initializers.Initializer;
import io.convoy.nn.Nn;
import io.convoy.ops.GlobalNorm;
import io.convoy.ops.ScheduledRate;
import io.convoy.ops.Update;
import io.convoy.ops.UpdateRule;
import io.convoy.ops.Variable;
import io.convoy.schedules.Schedule;
import io.convoy.tensor.Shape;
import io.convoy.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An optimizer with its state for some parameters of a graph. Several steps over different losses
 * may share it; a run does one of them.
 */
public final class BoundOptimizer {
  private final Optimizer optimizer;
  private final Graph graph;
  private final List<Value> parameters;
  private final Value learningRate;
  private final List<List<Value>> slots = new ArrayList<>(); // by parameter
  private final Map<Value, Value> averages = new LinkedHashMap<>();

  private final Optional<ScaledLoss> lossScale;

  BoundOptimizer(Optimizer optimizer, Graph graph, List<Value> parameters) {
    this.optimizer = optimizer;
    this.lossScale = graph.atRoot(() -> optimizer.lossScale().map(s -> ScaledLoss.of(graph, s)));
    this.graph = graph;
    this.parameters = List.copyOf(parameters);
    this.learningRate = variable(Optimizer.LEARNING_RATE, Shape.scalar(), optimizer.learningRate());
    for (Value parameter : parameters) {
      List<Value> own = new ArrayList<>();
      for (int i = 0; i < optimizer.rule().plain().slots(); i++) {
        own.add(variable("optimizer/" + parameter.name() + "/slot" + i, parameter.shape(), 0));
      }
      if (optimizer.rule() instanceof UpdateRule.Averaged) {
        own.add(average(parameter));
        averages.put(parameter, own.get(own.size() - 1));
      }
      slots.add(own);
    }
  }

  /** A variable that begins as a parameter does. */
  private Value average(Value parameter) {
    Variable begun = (Variable) parameter.node().op();
    Variable op = new Variable(begun.spec(), begun.initializer(), begun.stream(), false);
    String name = "optimizer/" + parameter.name() + "/average";
    return graph.atRoot(() -> graph.add(name, op).output(0));
  }

  private Value variable(String name, Shape shape, float value) {
    Initializer initializer = Initializer.constant(value);
    return graph.atRoot(() -> graph.variable(name, shape, initializer, false));
  }

  /**
   * Returns what is changed.
   *
   * @return the parameters
   */
  public List<Value> parameters() {
    return parameters;
  }

  /**
   * Returns the moving averages of the parameters.
   *
   * @return the variable with its average, for each parameter; empty without {@link Optimizer#ema}
   */
  public Map<Value, Value> averages() {
    return Collections.unmodifiableMap(averages);
  }

  /**
   * Returns the base rate, which may be written to change it.
   *
   * @return the variable {@value Optimizer#LEARNING_RATE}, FLOAT32 {@code []}
   */
  public Value learningRate() {
    return learningRate;
  }

  /**
   * Multiplies a loss by its scale; a step undoes it.
   *
   * @param loss FLOAT32 {@code []}
   * @return what is to be differentiated: the loss itself without {@link Optimizer#lossScale}
   */
  public Value scaled(Value loss) {
    return lossScale.map(s -> graph.atRoot(() -> Nn.multiply(loss, s.scale()))).orElse(loss);
  }

  /**
   * Divides gradients of a scaled loss by its scale, for people.
   *
   * @param gradients of what {@link #scaled} returned
   * @return those of the loss
   */
  public List<Value> unscaled(List<Value> gradients) {
    return lossScale
        .map(s -> gradients.stream().map(g -> divided(g, s.scale())).toList())
        .orElse(gradients);
  }

  private Value divided(Value gradient, Value scale) {
    return graph.atRoot(() -> Nn.divide(gradient, scale));
  }

  /**
   * Adds a training step to the graph.
   *
   * @param gradients of each parameter, in order
   * @param updates tokens of what else is to be done, such as {@link Graph#updates}
   * @return a token: to fetch it is to do one step, with the advance of {@link Graph#iterations}
   */
  public Value step(List<Value> gradients, List<Value> updates) {
    return graph.atRoot(() -> update(gradients, updates));
  }

  private Value update(List<Value> gradients, List<Value> updates) {
    Value rate = learningRate;
    if (!(optimizer.schedule() instanceof Schedule.Constant)) {
      ScheduledRate op = new ScheduledRate(optimizer.schedule());
      rate = graph.add("optimizer/rate", op, learningRate, graph.iterations()).output(0);
    }
    Optional<ScaledLoss.Step> scaling =
        lossScale.map(s -> s.step(graph, gradients, optimizer.clipNorm()));
    Value scale =
        scaling.map(ScaledLoss.Step::gradientScale).orElseGet(() -> gradientScale(gradients));
    List<Value> done = new ArrayList<>();
    for (int i = 0; i < parameters.size(); i++) {
      List<Value> inputs = new ArrayList<>(List.of(rate, graph.iterations(), scale));
      inputs.add(parameters.get(i));
      inputs.add(gradients.get(i));
      inputs.addAll(slots.get(i));
      Update op = new Update(optimizer.rule());
      done.add(graph.add("update/" + parameters.get(i).name(), op, inputs).output(0));
    }
    done.addAll(updates);
    scaling.ifPresent(s -> done.addAll(s.assigns()));
    Value steps =
        scaling
            .map(ScaledLoss.Step::done)
            .orElseGet(() -> graph.constant("one", Tensor.of(new int[] {1})));
    done.add(Nn.assignAdd(graph.iterations(), steps));
    return Nn.group(done);
  }

  /** min(1, clipNorm / norm), written so that a norm of 0 divides nothing by 0. */
  private Value gradientScale(List<Value> gradients) {
    if (optimizer.clipNorm() == 0) {
      return graph.constant(1);
    }
    Value norm = graph.add("optimizer/norm", new GlobalNorm(), gradients).output(0);
    Value limit = graph.constant(optimizer.clipNorm());
    return Nn.divide(limit, Nn.maximum(norm, limit));
  }
}
