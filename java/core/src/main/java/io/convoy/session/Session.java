// SPDX-License-Identifier: Apache-2.0
package io.convoy.session;

import io.convoy.backend.Backend;
import io.convoy.backend.Executable;
import io.convoy.backend.Readback;
import io.convoy.backend.Variables;
import io.convoy.compile.Compiler;
import io.convoy.compile.Precision;
import io.convoy.compile.Program;
import io.convoy.compile.Slot;
import io.convoy.data.PackedImages;
import io.convoy.graph.Graph;
import io.convoy.graph.Value;
import io.convoy.initializers.Initializers;
import io.convoy.ops.Variable;
import io.convoy.random.Philox;
import io.convoy.tensor.DType;
import io.convoy.tensor.Shape;
import io.convoy.tensor.Tensor;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A graph on a device, with the values of its variables. It owns the device. Variables get their
 * initial values when a run first needs them or they are first read or written. Not thread-safe.
 */
public final class Session implements AutoCloseable {
  private final Graph graph;
  private final Backend backend;
  private final Precision precision;
  private final Variables variables;
  private final Map<Key, Step> steps = new HashMap<>();
  private final Map<String, Readback> readbacks = new HashMap<>();
  private boolean closed;

  private final Map<PackedImages, DeviceData> data = new HashMap<>();

  /** What a step is made for; {@code source} feeds it. */
  private record Key(List<Value> fetches, Map<Value, Shape> shapes, Optional<Source> source) {}

  /** Two placeholders and the pass that they are gathered from. */
  private record Source(Value features, Value labels, DevicePass pass) {}

  /**
   * Opens a session.
   *
   * @param graph the graph; it may still grow
   * @param backend the device, which the session closes
   */
  public Session(Graph graph, Backend backend) {
    this(graph, backend, Precision.FP32);
  }

  /**
   * Opens a session that computes in a precision.
   *
   * @param graph the graph, which may still grow
   * @param backend an open device, closed with the session
   * @param precision how layers compute; feeds, fetches and variables are as the graph says
   * @throws IllegalArgumentException if the device can't; it is closed then
   */
  public Session(Graph graph, Backend backend, Precision precision) {
    this.graph = graph;
    this.backend = backend;
    this.precision = precision;
    try {
      precision.requireOf(backend);
    } catch (IllegalArgumentException e) {
      backend.close();
      throw e;
    }
    this.variables = backend.variables();
  }

  /**
   * Runs fetches with feeds. The plan for these fetches and shapes is made at the first call and
   * kept.
   *
   * @param fetches values to read and tokens to do
   * @param feeds every placeholder they depend on
   * @return a tensor per fetch, in order; empty ones for tokens
   */
  public List<Tensor> run(List<Value> fetches, Feed... feeds) {
    Map<Value, Shape> shapes = new HashMap<>();
    for (Feed feed : feeds) {
      requireType(feed);
      shapes.put(feed.placeholder(), feed.tensor().spec().shape());
    }
    Step step = prepare(fetches, shapes);
    for (Feed feed : feeds) {
      if (step.uses(feed.placeholder())) {
        step.input(feed.placeholder())
            .put(0, feed.tensor().bytes(), 0, feed.tensor().bytes().capacity());
      }
    }
    step.run();
    List<Tensor> results = new ArrayList<>();
    for (int i = 0; i < fetches.size(); i++) {
      Program program = step.program();
      Tensor result = Tensor.zeros(program.slot(program.fetches().get(i)).spec());
      result.bytes().put(step.output(i).duplicate().clear());
      results.add(result);
    }
    return results;
  }

  /**
   * Reads one value.
   *
   * @param fetch what to read
   * @param feeds every placeholder it depends on
   * @return its value
   */
  public Tensor run(Value fetch, Feed... feeds) {
    return run(List.of(fetch), feeds).get(0);
  }

  /**
   * Prepares a run, or finds it if it was prepared before.
   *
   * @param fetches values to read and tokens to do
   * @param shapes the shapes of the placeholders, at least those with an open dimension
   * @return the step, owned by the session
   */
  public Step prepare(List<Value> fetches, Map<Value, Shape> shapes) {
    return prepare(new Key(List.copyOf(fetches), Map.copyOf(shapes), Optional.empty()));
  }

  /**
   * Prepares a run that gathers its batches from a data set on the device: each takes the next
   * instances of a pass.
   *
   * @param fetches values to read and tokens to do
   * @param shapes the shapes of the placeholders, at least those with an open dimension
   * @param features the placeholder for images
   * @param labels the placeholder for labels, INT32
   * @param pass over a data set by {@link #place}
   * @return the step, owned by the session
   */
  public Step prepare(
      List<Value> fetches,
      Map<Value, Shape> shapes,
      Value features,
      Value labels,
      DevicePass pass) {
    Source source = new Source(features, labels, pass);
    return prepare(new Key(List.copyOf(fetches), Map.copyOf(shapes), Optional.of(source)));
  }

  /**
   * Copies a data set to the device, unless it lies there already. It stays until the session is
   * closed.
   *
   * @param images the data set
   * @return the data set on the device; empty if the device has no room for it, or no need
   */
  public Optional<DeviceData> place(PackedImages images) {
    requireOpen();
    if (!data.containsKey(images) && images.bytes() <= backend.dataBytes()) {
      data.put(images, new DeviceData(images, data.size(), variables));
    }
    return Optional.ofNullable(data.get(images));
  }

  private Step prepare(Key key) {
    requireOpen();
    Step known = steps.get(key);
    if (known == null) {
      known = compile(key);
      steps.put(key, known);
    }
    return known;
  }

  private Step compile(Key key) {
    Program compiled = Compiler.compile(key.fetches(), key.shapes(), backend, precision);
    Program program =
        key.source()
            .map(s -> s.pass().feed(compiled, backend, s.features(), s.labels()))
            .orElse(compiled);
    Map<String, Value> byName = new HashMap<>();
    for (Value value : graph.variables()) {
      byName.put(value.name(), value);
    }
    for (Slot slot : compiled.slots()) {
      if (slot.isVariable()) {
        ensure(byName.get(slot.name()));
      }
    }
    Executable executable = backend.prepare(program, variables);
    return new Step(program, executable, inputs(program));
  }

  private Map<Value, Integer> inputs(Program program) {
    Map<String, Integer> ids = new HashMap<>();
    for (Slot slot : program.slots()) {
      if (slot.isPlaceholder()) {
        ids.put(slot.name(), slot.id());
      }
    }
    Map<Value, Integer> inputs = new HashMap<>();
    graph.nodes().stream()
        .filter(n -> n.outputs().size() == 1 && ids.containsKey(n.name()))
        .forEach(n -> inputs.put(n.output(0), ids.get(n.name())));
    return inputs;
  }

  /**
   * Reads a variable.
   *
   * @param variable a variable of the graph
   * @return its value
   */
  public Tensor read(Value variable) {
    requireOpen();
    ensure(variable);
    Tensor value = Tensor.zeros(variable.spec());
    variables.read(variable.name(), value.bytes());
    return value;
  }

  /**
   * Reads a variable without allocating.
   *
   * @param variable a variable of the graph
   * @param into room for its bytes, from position to limit; both stay
   */
  public void read(Value variable, ByteBuffer into) {
    requireOpen();
    ensure(variable);
    variables.read(variable.name(), into);
  }

  /**
   * Prepares to read a variable again and again while the device goes on.
   *
   * @param variable a variable of the graph
   * @return what reads it, owned by the session; the same one at every call
   */
  public Readback readback(Value variable) {
    requireOpen();
    ensure(variable);
    int bytes = Math.toIntExact(variable.spec().bytes());
    return readbacks.computeIfAbsent(variable.name(), name -> variables.readback(name, bytes));
  }

  /**
   * Changes a variable without allocating.
   *
   * @param variable a variable of the graph
   * @param value its bytes, from position to limit; both stay
   */
  public void write(Value variable, ByteBuffer value) {
    requireOpen();
    ensure(variable);
    variables.write(variable.name(), value);
  }

  /**
   * Changes a variable.
   *
   * @param variable a variable of the graph
   * @param value of its type and shape
   * @throws IllegalArgumentException if type or shape differ
   */
  public void write(Value variable, Tensor value) {
    requireOpen();
    if (!variable.spec().equals(value.spec())) {
      throw new IllegalArgumentException(
          "variable '" + variable.name() + "' is " + variable.spec() + ", not " + value.spec());
    }
    ensure(variable);
    variables.write(variable.name(), value.bytes());
  }

  /** Declares a variable with its initial value unless that is done. */
  private void ensure(Value value) {
    if (variables.contains(value.name())) {
      return;
    }
    variables.declare(value.name(), value.spec());
    Variable variable = (Variable) value.node().op();
    if (value.dtype() == DType.FLOAT32 && !variable.initializer().equals(Initializers.zeros())) {
      Tensor initial = Tensor.zeros(value.spec());
      Philox generator = new Philox(graph.seed(), variable.stream(), 0);
      variable.initializer().fill(value.shape(), generator, initial.bytes().asFloatBuffer());
      variables.write(value.name(), initial.bytes());
    }
  }

  private static void requireType(Feed feed) {
    if (feed.placeholder().dtype() != feed.tensor().spec().dtype()) {
      throw new IllegalArgumentException(
          "placeholder " + feed.placeholder() + " can't be fed " + feed.tensor().spec());
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the session is closed");
    }
  }

  /**
   * Returns the device.
   *
   * @return the backend, owned by the session
   */
  public Backend backend() {
    return backend;
  }

  /** Frees the plans, the variables and the device. Idempotent. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    steps.values().forEach(Step::close);
    variables.close();
    backend.close();
  }
}
