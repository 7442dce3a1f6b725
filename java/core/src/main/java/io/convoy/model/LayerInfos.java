// SPDX-License-Identifier: Apache-2.0
package io.convoy.model;

import io.convoy.compile.Compiler;
import io.convoy.compile.FuseInference;
import io.convoy.compile.Instruction;
import io.convoy.compile.Program;
import io.convoy.graph.Graph;
import io.convoy.graph.Node;
import io.convoy.graph.Value;
import io.convoy.ops.Constant;
import io.convoy.ops.Placeholder;
import io.convoy.ops.Variable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Describes a network's layers: builds them for inference, and compiles that for any device. */
final class LayerInfos {
  private final Network network;
  private final Graph graph = new Graph();
  private final List<Value> outputs;
  private final Map<Node, Integer> kernels;

  private LayerInfos(Network network) {
    this.network = network;
    this.outputs = network.inference(graph);
    this.kernels = kernels();
  }

  static List<LayerInfo> of(Network network) {
    LayerInfos infos = new LayerInfos(network);
    List<LayerInfo> layers = new ArrayList<>();
    for (int i = 0; i < infos.outputs.size(); i++) {
      layers.add(infos.layer(network.entries().get(i), infos.outputs.get(i)));
    }
    return layers;
  }

  private LayerInfo layer(Network.Entry entry, Value output) {
    String prefix = entry.name() + "/";
    List<LayerInfo.Operation> ops =
        graph.nodes().stream()
            .filter(n -> n.name().startsWith(prefix) && kernels.containsKey(n))
            .map(n -> new LayerInfo.Operation(n.op().label(), kernels.get(n)))
            .toList();
    return new LayerInfo(
        entry.name(),
        entry.layer().className(),
        entry.inbound(),
        output.shape(),
        parameters(graph.variables(), prefix),
        parameters(graph.trainableVariables(), prefix),
        ops);
  }

  private static long parameters(List<Value> variables, String prefix) {
    return variables.stream()
        .filter(v -> v.name().startsWith(prefix))
        .mapToLong(v -> v.shape().elements())
        .sum();
  }

  /** The instruction of each op: a value that none makes was fused with its only reader. */
  private Map<Node, Integer> kernels() {
    Map<String, Integer> makers = makers();
    Map<Node, Integer> kernels = new HashMap<>();
    List<Node> nodes = graph.nodes();
    for (int i = nodes.size() - 1; i >= 0; i--) {
      Node node = nodes.get(i);
      Integer own = makers.get(node.output(0).name());
      if (own != null) {
        kernels.put(node, own);
      }
      Integer kernel = kernels.get(node);
      for (Value input : node.inputs()) {
        if (kernel != null && isComputed(input.node())) {
          kernels.put(input.node(), kernel);
        }
      }
    }
    return kernels;
  }

  private static boolean isComputed(Node node) {
    return !(node.op() instanceof Variable
        || node.op() instanceof Constant
        || node.op() instanceof Placeholder);
  }

  /** Indices of instructions by the names of what they make. */
  private Map<String, Integer> makers() {
    Value x = outputs.get(0);
    Value last = outputs.get(outputs.size() - 1);
    Program program =
        Compiler.compile(
            List.of(last), Map.of(x, x.shape().withBatch(1)), (op, inputs) -> Optional.empty());
    List<Instruction> instructions = FuseInference.apply(program).instructions();
    Map<String, Integer> makers = new HashMap<>();
    for (int i = 0; i < instructions.size(); i++) {
      for (int slot : instructions.get(i).outputs()) {
        makers.put(program.slot(slot).name(), i);
      }
    }
    return makers;
  }
}
