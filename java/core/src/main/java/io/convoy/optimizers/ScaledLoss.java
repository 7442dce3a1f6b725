// SPDX-License-Identifier: Apache-2.0
package io.convoy.optimizers;

import io.convoy.graph.Graph;
import io.convoy.graph.Value;
import io.convoy.initializers.Initializer;
import io.convoy.nn.Nn;
import io.convoy.ops.GlobalNorm;
import io.convoy.ops.LossScaling;
import io.convoy.tensor.Shape;
import java.util.List;

/** The variables that the scale of a loss moves by. */
record ScaledLoss(LossScale rule, Value scale, Value goodSteps) {
  /**
   * What a step makes of the gradients.
   *
   * @param gradientScale what they are multiplied by, 0 to skip the step
   * @param done how many steps were done, INT32: 1 or 0
   * @param assigns tokens that move the scale
   */
  record Step(Value gradientScale, Value done, List<Value> assigns) {}

  static ScaledLoss of(Graph graph, LossScale rule) {
    Value scale = scalar(graph, LossScale.SCALE, rule.initial());
    Value goodSteps = scalar(graph, LossScale.GOOD_STEPS, 0);
    return new ScaledLoss(rule, scale, goodSteps);
  }

  private static Value scalar(Graph graph, String name, float value) {
    return graph.variable(name, Shape.scalar(), Initializer.constant(value), false);
  }

  Step step(Graph graph, List<Value> gradients, float clipNorm) {
    Value norm = graph.add("optimizer/norm", new GlobalNorm(), gradients).output(0);
    LossScaling op = new LossScaling(rule.growthInterval(), clipNorm);
    List<Value> made = graph.add("optimizer/scaling", op, norm, scale, goodSteps).outputs();
    List<Value> assigns = List.of(Nn.assign(scale, made.get(1)), Nn.assign(goodSteps, made.get(2)));
    return new Step(made.get(0), made.get(3), assigns);
  }
}
