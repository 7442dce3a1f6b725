// SPDX-License-Identifier: Apache-2.0
package io.convoy.compile;

import io.convoy.graph.Node;
import io.convoy.graph.Value;
import io.convoy.ops.Constant;
import io.convoy.ops.Group;
import io.convoy.ops.Op;
import io.convoy.ops.Placeholder;
import io.convoy.ops.Variable;
import io.convoy.tensor.Shape;
import io.convoy.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Turns the part of a graph that some fetches need into a {@link Program} of known shapes. */
final class Lowering {
  private final Map<Value, Shape> bindings;
  private final List<Slot> slots = new ArrayList<>();
  private final List<Instruction> instructions = new ArrayList<>();
  private final Map<Value, Integer> ids = new HashMap<>();

  private Lowering(Map<Value, Shape> bindings) {
    this.bindings = bindings;
  }

  static Program lower(List<Value> fetches, Map<Value, Shape> bindings) {
    Lowering lowering = new Lowering(bindings);
    for (Node node : needed(fetches)) {
      lowering.add(node);
    }
    List<Integer> fetchIds = new ArrayList<>();
    for (Value fetch : fetches) {
      fetchIds.add(lowering.ids.get(fetch));
    }
    return new Program(lowering.slots, lowering.instructions, fetchIds, Precision.FP32);
  }

  /** All nodes that the fetches depend on, in creation order. */
  private static List<Node> needed(List<Value> fetches) {
    Set<Node> seen = new HashSet<>();
    List<Node> open = new ArrayList<>();
    for (Value fetch : fetches) {
      open.add(fetch.node());
    }
    while (!open.isEmpty()) {
      Node node = open.remove(open.size() - 1);
      if (seen.add(node)) {
        for (Value input : node.inputs()) {
          open.add(input.node());
        }
      }
    }
    List<Node> ordered = new ArrayList<>(seen);
    ordered.sort(Comparator.comparingInt(Node::id));
    return ordered;
  }

  private void add(Node node) {
    Op op = node.op();
    if (op instanceof Constant || op instanceof Variable) {
      slot(node.output(0), node.output(0).spec(), Optional.of(op));
    } else if (op instanceof Placeholder) {
      slot(node.output(0), bound(node.output(0)), Optional.of(op));
    } else {
      instruction(node);
    }
  }

  private void instruction(Node node) {
    List<Integer> inputs = new ArrayList<>();
    List<TensorSpec> specs = new ArrayList<>();
    for (Value input : node.inputs()) {
      int id = ids.get(input);
      inputs.add(id);
      specs.add(slots.get(id).spec());
    }
    List<Integer> outputs = new ArrayList<>();
    List<TensorSpec> inferred = infer(node, specs);
    for (Value output : node.outputs()) {
      outputs.add(slot(output, inferred.get(output.index()), Optional.empty()));
    }
    if (!(node.op() instanceof Group)) {
      instructions.add(new Instruction(node.name(), node.op(), inputs, outputs));
    }
  }

  private static List<TensorSpec> infer(Node node, List<TensorSpec> specs) {
    try {
      return node.op().infer(specs);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new IllegalArgumentException(
          "'" + node.name() + "' (" + node.op().label() + "): " + e.getMessage() + "; " + specs, e);
    }
  }

  private TensorSpec bound(Value placeholder) {
    TensorSpec declared = placeholder.spec();
    Shape shape = bindings.getOrDefault(placeholder, declared.shape());
    if (!shape.isKnown()) {
      throw new IllegalArgumentException(
          "placeholder '" + placeholder.name() + "' " + declared + " is needed but was not fed");
    }
    if (!declared.shape().accepts(shape)) {
      throw new IllegalArgumentException(
          "placeholder '" + placeholder.name() + "' " + declared + " can't be fed " + shape);
    }
    return new TensorSpec(declared.dtype(), shape);
  }

  private int slot(Value value, TensorSpec spec, Optional<Op> container) {
    int id = slots.size();
    slots.add(new Slot(id, value.name(), spec, container));
    ids.put(value, id);
    return id;
  }
}
