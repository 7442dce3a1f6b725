// SPDX-License-Identifier: Apache-2.0
package io.convoy.graph;

import io.convoy.ops.Op;
import io.convoy.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** An op with its inputs and outputs, at its place in a {@link Graph}. Compared by identity. */
public final class Node {
  private final Graph graph;
  private final int id;
  private final String name;
  private final Op op;
  private final List<Value> inputs;
  private final List<Value> outputs;

  Node(Graph graph, int id, String name, Op op, List<Value> inputs, List<TensorSpec> specs) {
    this.graph = graph;
    this.id = id;
    this.name = name;
    this.op = op;
    this.inputs = List.copyOf(inputs);
    List<Value> values = new ArrayList<>();
    for (TensorSpec spec : specs) {
      values.add(new Value(this, values.size(), spec));
    }
    this.outputs = Collections.unmodifiableList(values);
  }

  /**
   * Returns the owner.
   *
   * @return the graph
   */
  public Graph graph() {
    return graph;
  }

  /**
   * Returns the position in creation order; inputs always have smaller ones.
   *
   * @return id from 0
   */
  public int id() {
    return id;
  }

  /**
   * Returns the unique name, with {@code /} between scopes.
   *
   * @return the name
   */
  public String name() {
    return name;
  }

  /**
   * Returns what the node does.
   *
   * @return the op
   */
  public Op op() {
    return op;
  }

  /**
   * Returns what it reads.
   *
   * @return the inputs, in the op's order
   */
  public List<Value> inputs() {
    return inputs;
  }

  /**
   * Returns one input.
   *
   * @param i index from 0
   * @return the value
   */
  public Value input(int i) {
    return inputs.get(i);
  }

  /**
   * Returns what it makes.
   *
   * @return the outputs, in the op's order
   */
  public List<Value> outputs() {
    return outputs;
  }

  /**
   * Returns one output.
   *
   * @param i index from 0
   * @return the value
   */
  public Value output(int i) {
    return outputs.get(i);
  }

  @Override
  public String toString() {
    return name + " = " + op.label() + inputs + " -> " + outputs;
  }
}
