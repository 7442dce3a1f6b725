// SPDX-License-Identifier: Apache-2.0
package io.convoy.benchmarks.micro;

import io.convoy.graph.Graph;
import io.convoy.graph.Value;
import io.convoy.initializers.Initializers;
import io.convoy.ops.Op;
import io.convoy.session.Session;
import io.convoy.session.Step;
import io.convoy.tensor.DType;
import io.convoy.tensor.Shape;
import io.convoy.tensor.Tensor;
import io.convoy.tensor.TensorSpec;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * The graph of a scene with its data. Inputs are variables, so that no step begins by copying them
 * in. Batched ones repeat after two rows: then a small batch of two tells what a large one must
 * give.
 */
public final class SceneGraph {
  /** Rows after which batched inputs repeat. */
  static final int PERIOD = 2;

  private final Graph graph = new Graph();
  private final int batch;
  private final Map<Value, Tensor> variables = new LinkedHashMap<>();
  private final Map<Value, Tensor> placeholders = new LinkedHashMap<>();

  /**
   * Makes an empty one.
   *
   * @param batch rows of batched inputs
   */
  public SceneGraph(int batch) {
    this.batch = batch;
  }

  /**
   * Returns what the op is added to.
   *
   * @return the graph
   */
  public Graph graph() {
    return graph;
  }

  int batch() {
    return batch;
  }

  /** Values in [-0.5, 0.5), {@code [batch, dims...]}. */
  Value batched(String name, int... dims) {
    int[] shape = new int[dims.length + 1];
    shape[0] = batch;
    System.arraycopy(dims, 0, shape, 1, dims.length);
    return variable(name, -0.5f, Shape.of(shape).elementsPerRow() * PERIOD, shape);
  }

  /** Values in [-0.5, 0.5), {@code [dims...]}. */
  Value weight(String name, int... dims) {
    return variable(name, -0.5f, Math.toIntExact(Shape.of(dims).elements()), dims);
  }

  /** Values in [0.5, 1.5), {@code [dims...]}: variances, scales. */
  Value positive(String name, int... dims) {
    return variable(name, 0.5f, Math.toIntExact(Shape.of(dims).elements()), dims);
  }

  private Value variable(String name, float least, int period, int... dims) {
    Value variable = graph.variable(name, Shape.of(dims), Initializers.zeros());
    Tensor data = Tensor.zeros(variable.spec());
    FloatBuffer floats = data.floatBuffer();
    SplittableRandom random = new SplittableRandom(name.hashCode());
    for (int i = 0; i < floats.capacity(); i++) {
      floats.put(i, i < period ? least + (float) random.nextDouble() : floats.get(i - period));
    }
    variables.put(variable, data);
    return variable;
  }

  /** Class numbers {@code [batch]}. */
  Value labels(int classes) {
    Value labels = graph.placeholder("labels", DType.INT32, Shape.of(batch));
    Tensor data = Tensor.zeros(new TensorSpec(DType.INT32, Shape.of(batch)));
    IntBuffer numbers = data.intBuffer();
    for (int n = 0; n < batch; n++) {
      numbers.put(n, n % PERIOD * (classes - 1));
    }
    placeholders.put(labels, data);
    return labels;
  }

  /** The first output of a new node. */
  Value add(Op op, Value... inputs) {
    return graph.add("op", op, inputs).output(0);
  }

  /** What the op reads and may write. */
  Map<Value, Tensor> variables() {
    return variables;
  }

  /**
   * Writes the variables.
   *
   * @param session one of this graph
   */
  public void load(Session session) {
    variables.forEach(session::write);
  }

  /**
   * Fills the placeholders.
   *
   * @param step one of the session
   */
  public void feed(Step step) {
    placeholders.forEach(
        (value, data) -> {
          if (step.uses(value)) {
            step.input(value).put(0, data.bytes(), 0, data.bytes().capacity());
          }
        });
  }
}
