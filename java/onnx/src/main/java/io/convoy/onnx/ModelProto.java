// SPDX-License-Identifier: Apache-2.0
package io.convoy.onnx;

import io.convoy.files.Producer;
import io.convoy.files.ProtocolBuffer;
import io.convoy.graph.Graph;
import io.convoy.graph.Value;
import io.convoy.model.Network;
import io.convoy.model.TrainedNetwork;
import io.convoy.tensor.Shape;
import java.util.List;

/** Makes {@code ModelProto}: a graph, and what it takes to read it. */
final class ModelProto {
  private static final int IR_VERSION = 1;
  private static final int PRODUCER_NAME = 2;
  private static final int PRODUCER_VERSION = 3;
  private static final int GRAPH = 7;
  private static final int OPSET_IMPORT = 8;
  private static final int METADATA_PROPS = 14;

  // Of GraphProto.
  private static final int GRAPH_NAME = 2;
  private static final int INPUT = 11;
  private static final int OUTPUT = 12;

  // Of ValueInfoProto, and of entries of metadata.
  private static final int NAME = 1;
  private static final int TYPE = 2;
  private static final int KEY = 1;
  private static final int VALUE = 2;

  /** Of TypeProto. */
  private static final int TENSOR_TYPE = 1;

  // Of TypeProto.Tensor.
  private static final int ELEM_TYPE = 1;
  private static final int SHAPE = 2;

  // Of TensorShapeProto and TensorShapeProto.Dimension.
  private static final int DIM = 1;
  private static final int DIM_VALUE = 1;
  private static final int DIM_PARAM = 2;

  /** Of OperatorSetIdProto. */
  private static final int OPSET_VERSION = 2;

  /** The IR version that came with opset 17. */
  private static final int IR = 8;

  private static final int OPSET = 17;
  private static final String BATCH = "batch";

  private ModelProto() {}

  static ProtocolBuffer of(TrainedNetwork trained) {
    ProtocolBuffer model =
        new ProtocolBuffer()
            .integer(IR_VERSION, IR)
            .string(PRODUCER_NAME, Producer.NAME)
            .string(PRODUCER_VERSION, Producer.version())
            .message(OPSET_IMPORT, new ProtocolBuffer().integer(OPSET_VERSION, OPSET))
            .message(METADATA_PROPS, property("producer", Producer.NAME))
            .message(METADATA_PROPS, property("convoy.version", Producer.version()))
            .message(METADATA_PROPS, property("convoy.network", trained.network().name()))
            .message(METADATA_PROPS, property("convoy.loss", trained.loss().name()));
    trained
        .info()
        .toMetadata()
        .forEach((key, value) -> model.message(METADATA_PROPS, property(key, value)));
    return model.message(GRAPH, graph(trained));
  }

  private static ProtocolBuffer property(String key, String value) {
    return new ProtocolBuffer().string(KEY, key).string(VALUE, value);
  }

  private static ProtocolBuffer graph(TrainedNetwork trained) {
    Network network = trained.network();
    List<Value> values = network.inference(new Graph());
    Value input = values.get(0);
    Value output = values.get(values.size() - 1);
    String last = network.entries().get(values.size() - 1).name();
    ProtocolBuffer graph =
        new ProtocolBuffer()
            .string(GRAPH_NAME, network.name())
            .message(INPUT, value(input.name(), input.shape()))
            .message(OUTPUT, value(last, output.shape()));
    Translation translation = new Translation(trained.weights());
    translation.translate(output, last);
    translation.writeTo(graph);
    return graph;
  }

  private static ProtocolBuffer value(String name, Shape shape) {
    ProtocolBuffer dims = new ProtocolBuffer();
    for (int dim : shape.dims()) {
      ProtocolBuffer size = new ProtocolBuffer();
      dims.message(
          DIM, dim == Shape.UNKNOWN ? size.string(DIM_PARAM, BATCH) : size.integer(DIM_VALUE, dim));
    }
    ProtocolBuffer tensor =
        new ProtocolBuffer().integer(ELEM_TYPE, TensorProto.FLOAT).message(SHAPE, dims);
    return new ProtocolBuffer()
        .string(NAME, name)
        .message(TYPE, new ProtocolBuffer().message(TENSOR_TYPE, tensor));
  }
}
