// SPDX-License-Identifier: Apache-2.0
package io.convoy.autodiff;

import io.convoy.graph.Graph;
import io.convoy.graph.Node;
import io.convoy.graph.Value;
import io.convoy.nn.Nn;
import io.convoy.tensor.DType;
import io.convoy.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reverse-mode differentiation: one walk back through the graph that adds more graph. */
public final class Gradients {
  private final Graph graph;
  private final Map<Value, Value> gradients = new HashMap<>();

  private Gradients(Graph graph) {
    this.graph = graph;
  }

  /**
   * Differentiates a scalar.
   *
   * @param loss FLOAT32 {@code []}
   * @param targets by which values
   * @return one gradient of its target's shape for each, in order
   * @throws IllegalArgumentException if the loss is not a scalar, does not depend on a target, or
   *     an op on the way has no gradient; the message names it
   */
  public static List<Value> of(Value loss, List<Value> targets) {
    if (loss.dtype() != DType.FLOAT32 || loss.shape().rank() != 0) {
      throw new IllegalArgumentException("the loss must be a FLOAT32 scalar, is " + loss);
    }
    Gradients walk = new Gradients(loss.graph());
    loss.graph().inScope("gradients", () -> walk.back(loss, targets));
    List<Value> found = new ArrayList<>();
    for (Value target : targets) {
      Value gradient = walk.gradients.get(target);
      if (gradient == null) {
        throw new IllegalArgumentException(
            "'" + loss.name() + "' does not depend on '" + target.name() + "'");
      }
      found.add(gradient);
    }
    return found;
  }

  private Void back(Value loss, List<Value> targets) {
    List<Node> before = new ArrayList<>(graph.nodes());
    Set<Node> onPath = dependents(before, targets);
    gradients.put(loss, graph.constant("one", Tensor.scalar(1)));
    for (int i = loss.node().id(); i >= 0; i--) {
      Node node = before.get(i);
      if (onPath.contains(node) && !targets.containsAll(node.outputs())) {
        propagate(node, onPath);
      }
    }
    return null;
  }

  /** The nodes that a target flows into, and the targets' own. */
  private static Set<Node> dependents(List<Node> nodes, List<Value> targets) {
    Set<Node> found = new HashSet<>();
    for (Value target : targets) {
      found.add(target.node());
    }
    for (Node node : nodes) {
      for (Value input : node.inputs()) {
        if (found.contains(input.node())) {
          found.add(node);
        }
      }
    }
    return found;
  }

  private void propagate(Node node, Set<Node> onPath) {
    List<Value> outputGradients = new ArrayList<>();
    boolean any = false;
    for (Value output : node.outputs()) {
      outputGradients.add(gradients.get(output));
      any |= gradients.get(output) != null;
    }
    if (!any || node.inputs().isEmpty()) {
      return;
    }
    boolean[] wanted = new boolean[node.inputs().size()];
    for (int i = 0; i < wanted.length; i++) {
      wanted[i] = onPath.contains(node.input(i).node());
    }
    Rule rule = Rules.of(node.op());
    List<Value> inputGradients =
        graph.inScope(node.name(), () -> rule.apply(node, outputGradients, wanted));
    for (int i = 0; i < wanted.length; i++) {
      if (wanted[i]) {
        accumulate(node, i, inputGradients.get(i));
      }
    }
  }

  private void accumulate(Node node, int i, Value gradient) {
    Value input = node.input(i);
    if (gradient == null) {
      throw new IllegalArgumentException(
          "'"
              + node.name()
              + "' ("
              + node.op().label()
              + ") has no gradient by its input "
              + input);
    }
    if (!gradient.shape().accepts(input.shape())) {
      throw new IllegalStateException(
          "the gradient of '" + node.name() + "' by " + input + " has shape " + gradient.shape());
    }
    gradients.merge(input, gradient, Nn::add);
  }
}
