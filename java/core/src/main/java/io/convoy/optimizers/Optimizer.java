// SPDX-License-Identifier: Apache-2.0
package io.convoy.optimizers;

import io.convoy.autodiff.Gradients;
import io.convoy.graph.Graph;
import io.convoy.graph.Value;
import io.convoy.initializers.Initializer;
import io.convoy.nn.Nn;
import io.convoy.ops.GlobalNorm;
import io.convoy.ops.ScheduledRate;
import io.convoy.ops.Update;
import io.convoy.ops.UpdateRule;
import io.convoy.schedules.Schedule;
import io.convoy.tensor.Shape;
import io.convoy.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * Changes parameters so that a loss falls. Its rate, its state and the step number are variables of
 * the graph.
 *
 * @param rule the formula
 * @param learningRate the base rate, first value of the variable {@value #LEARNING_RATE}
 * @param schedule the rate's factor as a function of the step
 * @param clipNorm largest Euclidean norm of all gradients together, which are scaled down to it; 0
 *     for no clipping
 */
public record Optimizer(UpdateRule rule, float learningRate, Schedule schedule, float clipNorm) {
  /** The name of the variable that holds the base rate; write it to change the rate. */
  public static final String LEARNING_RATE = "optimizer/learning_rate";

  /**
   * Checks the numbers.
   *
   * @param rule the component
   * @param learningRate the component
   * @param schedule the component
   * @param clipNorm the component
   */
  public Optimizer {
    if (!(learningRate > 0) || Float.isInfinite(learningRate)) {
      throw new IllegalArgumentException(
          "the learning rate must be a positive number, is " + learningRate);
    }
    if (!(clipNorm >= 0)) {
      throw new IllegalArgumentException("clipNorm must not be negative, is " + clipNorm);
    }
  }

  /**
   * Follows a schedule.
   *
   * @param changed the new schedule
   * @return the changed optimizer
   */
  public Optimizer schedule(Schedule changed) {
    return new Optimizer(rule, learningRate, changed, clipNorm);
  }

  /**
   * Clips gradients.
   *
   * @param norm largest norm of all gradients together, 0 for no clipping
   * @return the changed optimizer
   */
  public Optimizer clipNorm(float norm) {
    return new Optimizer(rule, learningRate, schedule, norm);
  }

  /**
   * Adds a training step over all trainable variables to the graph.
   *
   * @param loss FLOAT32 {@code []}
   * @return a token: to fetch it is to do one step, including {@link Graph#updates} and the advance
   *     of {@link Graph#iterations}
   */
  public Value minimize(Value loss) {
    return minimize(loss, loss.graph().trainableVariables());
  }

  /**
   * Adds a training step to the graph.
   *
   * @param loss FLOAT32 {@code []}
   * @param parameters the variables to change
   * @return a token, as {@link #minimize(Value)}
   */
  public Value minimize(Value loss, List<Value> parameters) {
    List<Value> gradients = Gradients.of(loss, parameters);
    return loss.graph().atRoot(() -> step(loss.graph(), parameters, gradients));
  }

  private Value step(Graph graph, List<Value> parameters, List<Value> gradients) {
    Value base =
        graph.variable(LEARNING_RATE, Shape.scalar(), Initializer.constant(learningRate), false);
    Value rate = base;
    if (!(schedule instanceof Schedule.Constant)) {
      ScheduledRate op = new ScheduledRate(schedule);
      rate = graph.add("optimizer/rate", op, base, graph.iterations()).output(0);
    }
    Value scale = gradientScale(graph, gradients);
    List<Value> done = new ArrayList<>();
    for (int i = 0; i < parameters.size(); i++) {
      done.add(update(graph, rate, scale, parameters.get(i), gradients.get(i)));
    }
    done.addAll(graph.updates());
    Value one = graph.constant("one", Tensor.of(new int[] {1}));
    done.add(Nn.assignAdd(graph.iterations(), one));
    return Nn.group(done);
  }

  /** min(1, clipNorm / norm), written so that a norm of 0 divides nothing by 0. */
  private Value gradientScale(Graph graph, List<Value> gradients) {
    if (clipNorm == 0) {
      return graph.constant(1);
    }
    Value norm = graph.add("optimizer/norm", new GlobalNorm(), gradients).output(0);
    Value limit = graph.constant(clipNorm);
    return Nn.divide(limit, Nn.maximum(norm, limit));
  }

  private Value update(Graph graph, Value rate, Value scale, Value parameter, Value gradient) {
    List<Value> inputs = new ArrayList<>();
    inputs.add(rate);
    inputs.add(graph.iterations());
    inputs.add(scale);
    inputs.add(parameter);
    inputs.add(gradient);
    for (int i = 0; i < rule.slots(); i++) {
      String name = "optimizer/" + parameter.name() + "/slot" + i;
      inputs.add(graph.variable(name, parameter.shape(), Initializer.constant(0), false));
    }
    return graph.add("update/" + parameter.name(), new Update(rule), inputs).output(0);
  }
}
