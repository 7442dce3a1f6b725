// SPDX-License-Identifier: Apache-2.0
package io.convoy.optimizers;

import io.convoy.autodiff.Gradients;
import io.convoy.graph.Graph;
import io.convoy.graph.Value;
import io.convoy.ops.UpdateRule;
import io.convoy.schedules.Schedule;
import java.util.List;
import java.util.Optional;

/**
 * Changes parameters so that a loss falls. Its rate, its state and the step number are variables of
 * the graph.
 *
 * @param rule the formula
 * @param learningRate the base rate, first value of the variable {@value #LEARNING_RATE}
 * @param schedule the rate's factor as a function of the step
 * @param clipNorm largest Euclidean norm of all gradients together, which are scaled down to it; 0
 *     for no clipping. An infinite norm scales to 0, which skips the step
 * @param lossScale what the loss is multiplied by while it is differentiated, empty for 1
 */
public record Optimizer(
    UpdateRule rule,
    float learningRate,
    Schedule schedule,
    float clipNorm,
    Optional<LossScale> lossScale) {
  /** The name of the variable that holds the base rate; write it to change the rate. */
  public static final String LEARNING_RATE = "optimizer/learning_rate";

  /**
   * Checks the numbers.
   *
   * @param rule the component
   * @param learningRate the component
   * @param schedule the component
   * @param clipNorm the component
   * @param lossScale the component
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
   * Makes an optimizer without loss scale.
   *
   * @param rule the formula
   * @param learningRate the base rate
   * @param schedule the rate's factor as a function of the step
   * @param clipNorm largest norm of all gradients together, 0 for no clipping
   */
  public Optimizer(UpdateRule rule, float learningRate, Schedule schedule, float clipNorm) {
    this(rule, learningRate, schedule, clipNorm, Optional.empty());
  }

  /**
   * Follows a schedule.
   *
   * @param changed the new schedule
   * @return the changed optimizer
   */
  public Optimizer schedule(Schedule changed) {
    return new Optimizer(rule, learningRate, changed, clipNorm, lossScale);
  }

  /**
   * Clips gradients.
   *
   * @param norm largest norm of all gradients together, 0 for no clipping
   * @return the changed optimizer
   */
  public Optimizer clipNorm(float norm) {
    return new Optimizer(rule, learningRate, schedule, norm, lossScale);
  }

  /**
   * Scales the loss, for training in FLOAT16.
   *
   * @param changed the factor
   * @return the changed optimizer
   */
  public Optimizer lossScale(LossScale changed) {
    return new Optimizer(rule, learningRate, schedule, clipNorm, Optional.of(changed));
  }

  /**
   * Keeps a moving average of each parameter: Keras' {@code use_ema} with its {@code ema_momentum},
   * which {@link UpdateRule.Averaged} has the formula of. A {@link io.convoy.model.Model} predicts,
   * evaluates and saves with the averages, during and after a fit, while steps go on from the
   * parameters themselves. Keras does so only when the fit has ended.
   *
   * @param momentum what is kept of the average in a step, above 0 and below 1; Keras' default is
   *     0.99
   * @return the changed optimizer
   * @throws IllegalArgumentException if the momentum is out of range
   */
  public Optimizer ema(double momentum) {
    UpdateRule averaged = new UpdateRule.Averaged(rule.plain(), (float) momentum);
    return new Optimizer(averaged, learningRate, schedule, clipNorm, lossScale);
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
    BoundOptimizer bound = bind(loss.graph(), parameters);
    List<Value> gradients = Gradients.of(bound.scaled(loss), parameters);
    return bound.step(gradients, loss.graph().updates());
  }

  /**
   * Adds the optimizer's state to a graph, for steps over several losses that share it.
   *
   * @param graph the graph
   * @param parameters the variables to change
   * @return the optimizer with that state
   */
  public BoundOptimizer bind(Graph graph, List<Value> parameters) {
    return new BoundOptimizer(this, graph, parameters);
  }
}
