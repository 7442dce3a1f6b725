// SPDX-License-Identifier: Apache-2.0
package io.convoy.onnx;

import io.convoy.files.Layouts;
import io.convoy.files.ProtocolBuffer;
import io.convoy.graph.Node;
import io.convoy.graph.Value;
import io.convoy.ops.Constant;
import io.convoy.ops.Placeholder;
import io.convoy.ops.Variable;
import io.convoy.tensor.Tensor;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Turns Convoy's graph into ONNX's. A value may stand in the file in several layouts, each made
 * when an op first asks for it: so images are transposed where they enter, and again only where an
 * op needs rows.
 */
final class Translation {
  /** Of GraphProto. */
  private static final int NODE = 1;

  private static final int INITIALIZER = 5;

  private final Map<String, Tensor> weights;
  private final Map<Value, Map<Layout, String>> names = new HashMap<>();
  private final Map<Value, Integer> uses = new HashMap<>();
  private final Map<String, OnnxNode> makers = new HashMap<>();
  private final Set<String> taken = new HashSet<>();
  private final List<OnnxNode> nodes = new ArrayList<>();
  private final List<ProtocolBuffer> initializers = new ArrayList<>();

  Translation(Map<String, Tensor> weights) {
    this.weights = weights;
  }

  /** Translates what a value depends on; the file has it under a name. */
  void translate(Value output, String name) {
    taken.add(name);
    for (Node node : needed(output)) {
      node.inputs().forEach(input -> uses.merge(input, 1, Integer::sum));
    }
    needed(output).forEach(this::translate);
    String rows = in(output, Layout.ROWS);
    nodes.add(new OnnxNode("Identity", name, List.of(rows)));
  }

  /** The nodes behind a value, inputs before users. */
  private static List<Node> needed(Value output) {
    Set<Integer> ids = new TreeSet<>();
    List<Node> all = output.graph().nodes();
    ids.add(output.node().id());
    for (int id = output.node().id(); id >= 0; id--) {
      if (ids.contains(id)) {
        all.get(id).inputs().forEach(input -> ids.add(input.node().id()));
      }
    }
    return ids.stream().map(all::get).toList();
  }

  private void translate(Node node) {
    if (node.op() instanceof Placeholder) {
      define(node.output(0), Layout.ROWS, unique(node.name()));
    } else if (data(node).isEmpty()) {
      Converters.convert(node, this);
    }
  }

  /** The elements of variables and constants, which are written in the layouts asked for. */
  private Optional<Tensor> data(Node node) {
    if (node.op() instanceof Constant constant) {
      return Optional.of(constant.value());
    }
    return node.op() instanceof Variable ? Optional.of(weights.get(node.name())) : Optional.empty();
  }

  /** Tells whether a value is a variable or a constant. */
  boolean isData(Value value) {
    return data(value.node()).isPresent();
  }

  /** Returns the name of a value in a layout; makes it if need be. */
  String in(Value value, Layout layout) {
    Map<Layout, String> known = known(value);
    if (!known.containsKey(layout)) {
      Optional<Tensor> data = data(value.node());
      known.put(
          layout,
          data.isPresent() ? initializer(value, data.get(), layout) : transposed(value, layout));
    }
    return known.get(layout);
  }

  private Map<Layout, String> known(Value value) {
    return names.computeIfAbsent(value, v -> new EnumMap<>(Layout.class));
  }

  private String initializer(Value value, Tensor data, Layout layout) {
    int[] axes = layout.axes(value.shape().rank());
    return initializer(value.name(), layout == Layout.ROWS ? data : Layouts.transposed(data, axes));
  }

  private String transposed(Value value, Layout layout) {
    Layout from = layout(value);
    int[] axes = layout.permutation(from, value.shape().rank());
    String name = value.name() + "/" + layout.name().toLowerCase(Locale.ROOT);
    return add("Transpose", name, known(value).get(from)).with("perm", axes).output();
  }

  /** A layout in which a value is there already. */
  Layout layout(Value value) {
    return known(value).containsKey(Layout.CHANNELS_FIRST) ? Layout.CHANNELS_FIRST : Layout.ROWS;
  }

  /** Says which name a value has in a layout. */
  void define(Value value, Layout layout, String name) {
    known(value).put(layout, name);
  }

  /** Adds a node and makes its output that of Convoy's node. */
  OnnxNode define(Node node, Layout layout, String opType, String... inputs) {
    OnnxNode made = add(opType, node.name(), inputs);
    define(node.output(0), layout, made.output());
    return made;
  }

  /** Adds a node whose output has a name like {@code hint}. */
  OnnxNode add(String opType, String hint, String... inputs) {
    OnnxNode node = new OnnxNode(opType, unique(hint), List.of(inputs));
    nodes.add(node);
    makers.put(node.output(), node);
    return node;
  }

  /** The node that makes a value in a layout, if only one other reads it. */
  Optional<OnnxNode> makerForOne(Value value, Layout layout) {
    return uses.get(value) == 1
        ? Optional.ofNullable(makers.get(known(value).get(layout)))
        : Optional.empty();
  }

  String initializer(String hint, Tensor value) {
    String name = unique(hint);
    initializers.add(TensorProto.of(name, value));
    return name;
  }

  String initializer(String hint, long... values) {
    String name = unique(hint);
    initializers.add(TensorProto.of(name, values));
    return name;
  }

  private String unique(String hint) {
    String name = hint;
    for (int i = 1; !taken.add(name); i++) {
      name = hint + "_" + i;
    }
    return name;
  }

  void writeTo(ProtocolBuffer graph) {
    nodes.forEach(node -> graph.message(NODE, node.message()));
    initializers.forEach(tensor -> graph.message(INITIALIZER, tensor));
  }
}
