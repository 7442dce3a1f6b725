// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.jcuda;

import static jcuda.jcudnn.cudnnBackendAttributeName.CUDNN_ATTR_OPERATIONGRAPH_HANDLE;
import static jcuda.jcudnn.cudnnBackendAttributeName.CUDNN_ATTR_OPERATIONGRAPH_OPS;
import static jcuda.jcudnn.cudnnBackendAttributeName.CUDNN_ATTR_OPERATION_GENSTATS_MATH_PREC;
import static jcuda.jcudnn.cudnnBackendAttributeName.CUDNN_ATTR_OPERATION_GENSTATS_MODE;
import static jcuda.jcudnn.cudnnBackendAttributeName.CUDNN_ATTR_OPERATION_GENSTATS_SQSUMDESC;
import static jcuda.jcudnn.cudnnBackendAttributeName.CUDNN_ATTR_OPERATION_GENSTATS_SUMDESC;
import static jcuda.jcudnn.cudnnBackendAttributeName.CUDNN_ATTR_OPERATION_GENSTATS_XDESC;
import static jcuda.jcudnn.cudnnBackendAttributeType.CUDNN_TYPE_DATA_TYPE;
import static jcuda.jcudnn.cudnnBackendAttributeType.CUDNN_TYPE_GENSTATS_MODE;
import static jcuda.jcudnn.cudnnBackendDescriptorType.CUDNN_BACKEND_OPERATIONGRAPH_DESCRIPTOR;
import static jcuda.jcudnn.cudnnBackendDescriptorType.CUDNN_BACKEND_OPERATION_GEN_STATS_DESCRIPTOR;

import io.convoy.cuda.device.Buffer;
import io.convoy.cuda.device.ConvolutionShape;
import io.convoy.cuda.device.ConvolutionStep;
import io.convoy.cuda.device.Epilogue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import jcuda.jcudnn.cudnnDataType;
import jcuda.jcudnn.cudnnGenStatsMode;

/** A graph of cuDNN's for a step: operations, each of which takes what another one made. */
final class OperationGraph {
  private static final long CONVOLVED = 10; // names of what is never in memory
  private static final long BIASED = 11;

  private final GraphTensors tensors;
  private final GraphOperations convolutions;
  private final PointwiseOperations pointwise;
  private final ConvolutionShape shape;
  private final Map<Long, Buffer> memory = new TreeMap<>(); // by name
  private final List<BackendDescriptor> operations = new ArrayList<>();
  private final BackendDescriptor descriptor;

  /**
   * Makes a graph.
   *
   * @param fused with what follows the convolution, or of the convolution alone
   * @param make owns all descriptors
   */
  OperationGraph(ConvolutionStep step, boolean fused, BackendDescriptors make) {
    tensors = new GraphTensors(step.precision(), make);
    convolutions = new GraphOperations(tensors);
    pointwise = new PointwiseOperations(make);
    shape = step.shape();
    memory.put(GraphTensors.X, step.x());
    memory.put(GraphTensors.W, step.w());
    memory.put(GraphTensors.Y, step.y());
    if (fused) {
      follow(step.epilogue().orElseThrow());
    } else {
      operations.add(convolutions.convolution(step.pass(), shape));
    }
    descriptor =
        make.makeWithHandle(
                CUDNN_BACKEND_OPERATIONGRAPH_DESCRIPTOR, CUDNN_ATTR_OPERATIONGRAPH_HANDLE)
            .set(CUDNN_ATTR_OPERATIONGRAPH_OPS, operations)
            .finish();
  }

  private void follow(Epilogue epilogue) {
    if (epilogue instanceof Epilogue.BiasActivation e) {
      follow(e);
    } else if (epilogue instanceof Epilogue.Statistics e) {
      follow(e);
    }
  }

  private void follow(Epilogue.Statistics e) {
    BackendDescriptor y = result();
    operations.add(convolutions.forward(shape, y));
    operations.add(
        statistics(
            y, vector(GraphTensors.SUM, e.sum()), vector(GraphTensors.SQUARES, e.squares())));
  }

  /** Sums of y and of its squares, over all but the channels. */
  private BackendDescriptor statistics(
      BackendDescriptor y, BackendDescriptor sum, BackendDescriptor squares) {
    return tensors
        .make()
        .make(CUDNN_BACKEND_OPERATION_GEN_STATS_DESCRIPTOR)
        .setConstant(
            CUDNN_ATTR_OPERATION_GENSTATS_MODE,
            CUDNN_TYPE_GENSTATS_MODE,
            cudnnGenStatsMode.CUDNN_GENSTATS_SUM_SQSUM)
        .setConstant(
            CUDNN_ATTR_OPERATION_GENSTATS_MATH_PREC,
            CUDNN_TYPE_DATA_TYPE,
            cudnnDataType.CUDNN_DATA_FLOAT)
        .set(CUDNN_ATTR_OPERATION_GENSTATS_XDESC, y)
        .set(CUDNN_ATTR_OPERATION_GENSTATS_SUMDESC, sum)
        .set(CUDNN_ATTR_OPERATION_GENSTATS_SQSUMDESC, squares)
        .finish();
  }

  private BackendDescriptor vector(long name, Buffer buffer) {
    memory.put(name, buffer);
    return tensors.vector(name, shape.filters());
  }

  /** Rounds once, behind the last operation. */
  private void follow(Epilogue.BiasActivation e) {
    BackendDescriptor made = between(CONVOLVED);
    operations.add(convolutions.forward(shape, made));
    if (e.bias().isPresent()) {
      BackendDescriptor bias = vector(GraphTensors.BIAS, e.bias().get());
      BackendDescriptor biased = e.activation().isPresent() ? between(BIASED) : result();
      operations.add(pointwise.add(made, bias, biased));
      made = biased;
    }
    if (e.activation().isPresent()) {
      operations.add(pointwise.activate(e.activation().get(), made, result()));
    }
  }

  private BackendDescriptor between(long name) {
    return tensors.between(
        name, shape.batch(), shape.outHeight(), shape.outWidth(), shape.filters());
  }

  private BackendDescriptor result() {
    return convolutions.result(shape);
  }

  /** Finished. */
  BackendDescriptor descriptor() {
    return descriptor;
  }

  /** What lies in memory, by name. */
  Map<Long, Buffer> memory() {
    return memory;
  }
}
