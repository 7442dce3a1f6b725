// SPDX-License-Identifier: Apache-2.0
package io.convoy.graph;

import io.convoy.initializers.Initializer;
import io.convoy.ops.Assign;
import io.convoy.ops.Constant;
import io.convoy.ops.Op;
import io.convoy.ops.Placeholder;
import io.convoy.ops.Variable;
import io.convoy.random.Streams;
import io.convoy.tensor.DType;
import io.convoy.tensor.Shape;
import io.convoy.tensor.Tensor;
import io.convoy.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A graph of operations that grows by adding nodes: TensorFlow's three containers (constant,
 * variable, placeholder) and the ops of {@link io.convoy.nn.Nn}. It holds no data but constants.
 * Not thread-safe.
 */
public final class Graph {
  private final long seed;
  private final List<Node> nodes = new ArrayList<>();
  private final List<Value> updates = new ArrayList<>();
  private final Map<String, Integer> names = new HashMap<>();
  private String scope = "";
  private int randomVariables;
  private int dropouts;
  private int augmentations;
  private Value iterations;

  /** Makes an empty graph with seed 0. */
  public Graph() {
    this(0);
  }

  /**
   * Makes an empty graph.
   *
   * @param seed key of every random number in it: initial values, dropout masks, augmentation
   */
  public Graph(long seed) {
    this.seed = seed;
  }

  /**
   * Returns the key of the graph's random numbers.
   *
   * @return the seed
   */
  public long seed() {
    return seed;
  }

  /**
   * Adds a constant.
   *
   * @param name its name, made unique by a number if taken
   * @param value its value
   * @return the constant
   */
  public Value constant(String name, Tensor value) {
    return add(name, new Constant(value)).output(0);
  }

  /**
   * Adds a FLOAT32 scalar constant.
   *
   * @param value its value
   * @return the constant
   */
  public Value constant(float value) {
    return constant("const", Tensor.scalar(value));
  }

  /**
   * Adds a trainable FLOAT32 variable.
   *
   * @param name its name, made unique by a number if taken
   * @param shape its shape, without an open dimension
   * @param initializer its first value
   * @return the variable
   */
  public Value variable(String name, Shape shape, Initializer initializer) {
    return variable(name, shape, initializer, true);
  }

  /**
   * Adds a FLOAT32 variable.
   *
   * @param name its name, made unique by a number if taken
   * @param shape its shape, without an open dimension
   * @param initializer its first value
   * @param trainable whether optimizers update it by default
   * @return the variable
   */
  public Value variable(String name, Shape shape, Initializer initializer, boolean trainable) {
    if (!shape.isKnown()) {
      throw new IllegalArgumentException("variable '" + name + "' has an open shape " + shape);
    }
    int stream = initializer.isRandom() ? Streams.initialValue(randomVariables++) : 0;
    TensorSpec spec = new TensorSpec(DType.FLOAT32, shape);
    return add(name, new Variable(spec, initializer, stream, trainable)).output(0);
  }

  /**
   * Adds a placeholder: a container that is fed at every run.
   *
   * @param name its name, made unique by a number if taken
   * @param dtype element type
   * @param shape shape, whose first dimension may be open
   * @return the placeholder
   */
  public Value placeholder(String name, DType dtype, Shape shape) {
    return add(name, new Placeholder(new TensorSpec(dtype, shape))).output(0);
  }

  /**
   * Returns the number of finished training steps, an INT32 scalar variable that optimizers advance
   * and dropout reads.
   *
   * @return the variable, made at the first call
   */
  public Value iterations() {
    if (iterations == null) {
      TensorSpec spec = new TensorSpec(DType.INT32, Shape.scalar());
      Initializer zeros = Initializer.constant(0);
      iterations = atRoot(() -> add("iterations", new Variable(spec, zeros, 0, false)).output(0));
    }
    return iterations;
  }

  /**
   * Hands out the stream of random bits for one more dropout op.
   *
   * @return the stream
   */
  public int nextDropoutStream() {
    return Streams.dropout(dropouts++);
  }

  /**
   * Hands out the stream of random bits for one more op that augments.
   *
   * @return the stream
   */
  public int nextAugmentationStream() {
    return Streams.augmentation(augmentations++);
  }

  /**
   * Adds a node.
   *
   * @param name its name inside the current scope, made unique by a number if taken
   * @param op what it does
   * @param inputs what it reads, all of this graph
   * @return the node
   * @throws IllegalArgumentException if the inputs don't fit the op; the message names the node,
   *     the op and all shapes
   */
  public Node add(String name, Op op, List<Value> inputs) {
    String unique = uniqueName(scope + name);
    List<TensorSpec> specs = new ArrayList<>();
    for (Value input : inputs) {
      if (input.graph() != this) {
        throw new IllegalArgumentException(
            "'" + unique + "': input " + input.name() + " belongs to another graph");
      }
      specs.add(input.spec());
    }
    List<TensorSpec> outputs;
    try {
      outputs = op.infer(specs);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new IllegalArgumentException(
          "'" + unique + "' (" + op.label() + "): " + e.getMessage() + "; inputs " + inputs, e);
    }
    Node node = new Node(this, nodes.size(), unique, op, inputs, outputs);
    nodes.add(node);
    return node;
  }

  /**
   * Adds a node.
   *
   * @param name its name inside the current scope, made unique by a number if taken
   * @param op what it does
   * @param inputs what it reads, all of this graph
   * @return the node
   * @throws IllegalArgumentException as {@link #add(String, Op, List)}
   */
  public Node add(String name, Op op, Value... inputs) {
    return add(name, op, List.of(inputs));
  }

  /**
   * Registers an {@link Assign} that every training step performs besides the optimizer's update,
   * such as a moving average.
   *
   * @param assign the op's output
   */
  public void addUpdate(Value assign) {
    updates.add(assign);
  }

  /**
   * Returns what was registered by {@link #addUpdate}.
   *
   * @return the outputs of assign ops, in order
   */
  public List<Value> updates() {
    return Collections.unmodifiableList(updates);
  }

  /**
   * Adds nodes inside a name scope: they are named {@code name/...}.
   *
   * @param <T> what the action returns
   * @param name the scope's name; taken as it is, so a layer can reopen its own scope
   * @param action adds the nodes
   * @return the action's result
   */
  public <T> T inScope(String name, Supplier<T> action) {
    return withScope(scope + name + "/", action);
  }

  /**
   * Returns all nodes.
   *
   * @return the nodes in creation order, inputs before users
   */
  public List<Node> nodes() {
    return Collections.unmodifiableList(nodes);
  }

  /**
   * Returns all variables.
   *
   * @return the variables in creation order
   */
  public List<Value> variables() {
    List<Value> found = new ArrayList<>();
    for (Node node : nodes) {
      if (node.op() instanceof Variable) {
        found.add(node.output(0));
      }
    }
    return found;
  }

  /**
   * Returns what optimizers update by default.
   *
   * @return the trainable variables in creation order
   */
  public List<Value> trainableVariables() {
    List<Value> found = variables();
    found.removeIf(v -> !((Variable) v.node().op()).trainable());
    return found;
  }

  /**
   * Adds nodes outside all name scopes.
   *
   * @param <T> what the action returns
   * @param action adds the nodes
   * @return the action's result
   */
  public <T> T atRoot(Supplier<T> action) {
    return withScope("", action);
  }

  private <T> T withScope(String inner, Supplier<T> action) {
    String outer = scope;
    scope = inner;
    try {
      return action.get();
    } finally {
      scope = outer;
    }
  }

  private String uniqueName(String wanted) {
    Integer used = names.putIfAbsent(wanted, 1);
    if (used == null) {
      return wanted;
    }
    names.put(wanted, used + 1);
    return uniqueName(wanted + "_" + used);
  }
}
