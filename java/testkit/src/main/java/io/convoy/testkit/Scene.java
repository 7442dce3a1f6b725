// SPDX-License-Identifier: Apache-2.0
package io.convoy.testkit;

import io.convoy.graph.Graph;
import io.convoy.graph.Value;
import io.convoy.initializers.Initializer;
import io.convoy.ops.Cast;
import io.convoy.ops.Op;
import io.convoy.ops.Variable;
import io.convoy.random.Philox;
import io.convoy.tensor.DType;
import io.convoy.tensor.Shape;
import io.convoy.tensor.Tensor;
import io.convoy.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A graph under construction with the data of its placeholders and variables. */
public final class Scene {
  private final Graph graph;
  private final long seed;
  private final int stream;
  private final Map<Value, Tensor> feeds = new LinkedHashMap<>();
  private final Map<Value, Tensor> variables = new LinkedHashMap<>();
  private final List<Value> differentiable = new ArrayList<>();
  private Optional<DType> stored = Optional.empty();
  private int leastRank;

  /**
   * Makes an empty scene.
   *
   * @param name tells the random data of scenes apart
   * @param seed the seed of the run
   */
  public Scene(String name, long seed) {
    this.graph = new Graph(seed);
    this.seed = seed;
    this.stream = name.hashCode();
  }

  /**
   * Has all tensors that {@link #input} and {@link #fixed} add from now on stored in 16 bits.
   *
   * @param type the type
   * @param rank least number of axes of such a tensor: 2 leaves vectors such as a bias alone
   */
  void store(DType type, int rank) {
    stored = Optional.of(type);
    leastRank = rank;
  }

  /**
   * Returns the graph.
   *
   * @return the graph
   */
  public Graph graph() {
    return graph;
  }

  /**
   * Adds a FLOAT32 placeholder that gradients are checked by.
   *
   * @param data makes its elements
   * @param dims its shape
   * @return the placeholder
   */
  public Value input(Data data, int... dims) {
    Value input = fixed(data, dims);
    differentiable.add(input);
    return input;
  }

  /**
   * Adds a FLOAT32 placeholder that gradients are not checked by.
   *
   * @param data makes its elements
   * @param dims its shape
   * @return the placeholder
   */
  public Value fixed(Data data, int... dims) {
    Value fed = feed(Tensor.of(make(data, dims), dims));
    return stored
        .filter(type -> dims.length >= leastRank)
        .map(type -> op(new Cast(type), fed).get(0))
        .orElse(fed);
  }

  /**
   * Adds an INT32 placeholder.
   *
   * @param values its elements
   * @param dims its shape
   * @return the placeholder
   */
  public Value integers(int[] values, int... dims) {
    return feed(Tensor.of(values, dims));
  }

  /**
   * Adds a UINT8 placeholder.
   *
   * @param values its elements
   * @param dims its shape
   * @return the placeholder
   */
  public Value bytes(byte[] values, int... dims) {
    Tensor tensor = Tensor.zeros(new TensorSpec(DType.UINT8, Shape.of(dims)));
    tensor.bytes().put(0, values);
    return feed(tensor);
  }

  /**
   * Adds a FLOAT32 variable.
   *
   * @param data makes its elements
   * @param dims its shape
   * @return the variable, which gradients are checked by
   */
  public Value variable(Data data, int... dims) {
    Value variable = graph.variable("variable", Shape.of(dims), Initializer.constant(0));
    variables.put(variable, Tensor.of(make(data, dims), dims));
    differentiable.add(variable);
    return variable;
  }

  /**
   * Adds an INT32 scalar variable.
   *
   * @param value its value
   * @return the variable
   */
  public Value counter(int value) {
    TensorSpec spec = new TensorSpec(DType.INT32, Shape.scalar());
    Op op = new Variable(spec, Initializer.constant(0), 0, false);
    Value counter = graph.add("counter", op).output(0);
    variables.put(counter, Tensor.of(new int[] {value}));
    return counter;
  }

  /**
   * Sets the graph's count of finished steps, which is made where it is missing.
   *
   * @param value its value
   * @return the variable {@link Graph#iterations}
   */
  public Value iterations(int value) {
    variables.put(graph.iterations(), Tensor.of(new int[] {value}));
    return graph.iterations();
  }

  /**
   * Adds an op.
   *
   * @param op the op
   * @param inputs its inputs
   * @return its outputs
   */
  public List<Value> op(Op op, Value... inputs) {
    return graph.add(op.getClass().getSimpleName(), op, inputs).outputs();
  }

  private Value feed(Tensor tensor) {
    TensorSpec spec = tensor.spec();
    Value placeholder = graph.placeholder("input", spec.dtype(), spec.shape());
    feeds.put(placeholder, tensor);
    return placeholder;
  }

  private float[] make(Data data, int... dims) {
    int ordinal = feeds.size() + variables.size();
    int count = Math.toIntExact(Shape.of(dims).elements());
    return data.make(count, new Draws(seed, stream, ordinal));
  }

  /**
   * Returns what placeholders are fed with.
   *
   * @return tensors by placeholder, in the order in which they were made
   */
  public Map<Value, Tensor> feeds() {
    return Collections.unmodifiableMap(feeds);
  }

  /**
   * Returns the first values of all variables of the graph: as given, or as initialized.
   *
   * @return tensors by variable, in the order in which they were made
   */
  public Map<Value, Tensor> variables() {
    Map<Value, Tensor> all = new LinkedHashMap<>();
    for (Value variable : graph.variables()) {
      all.put(variable, variables.getOrDefault(variable, initial(variable)));
    }
    return all;
  }

  private Tensor initial(Value value) {
    Tensor tensor = Tensor.zeros(value.spec());
    if (value.dtype() == DType.FLOAT32) {
      Variable variable = (Variable) value.node().op();
      Philox generator = new Philox(seed, variable.stream(), 0);
      variable.initializer().fill(value.shape(), generator, tensor.bytes().asFloatBuffer());
    }
    return tensor;
  }

  /**
   * Returns what gradients are checked by.
   *
   * @return placeholders and variables, in the order in which they were made
   */
  public List<Value> differentiable() {
    return Collections.unmodifiableList(differentiable);
  }
}
