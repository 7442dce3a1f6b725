// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.jcuda;

import static jcuda.jcudnn.JCudnn.cudnnBackendExecute;
import static jcuda.jcudnn.cudnnBackendAttributeName.CUDNN_ATTR_ENGINECFG_ENGINE;
import static jcuda.jcudnn.cudnnBackendAttributeName.CUDNN_ATTR_ENGINECFG_KNOB_CHOICES;
import static jcuda.jcudnn.cudnnBackendAttributeName.CUDNN_ATTR_ENGINE_GLOBAL_INDEX;
import static jcuda.jcudnn.cudnnBackendAttributeName.CUDNN_ATTR_ENGINE_OPERATION_GRAPH;
import static jcuda.jcudnn.cudnnBackendAttributeName.CUDNN_ATTR_EXECUTION_PLAN_ENGINE_CONFIG;
import static jcuda.jcudnn.cudnnBackendAttributeName.CUDNN_ATTR_EXECUTION_PLAN_HANDLE;
import static jcuda.jcudnn.cudnnBackendAttributeName.CUDNN_ATTR_EXECUTION_PLAN_WORKSPACE_SIZE;
import static jcuda.jcudnn.cudnnBackendAttributeName.CUDNN_ATTR_KNOB_CHOICE_KNOB_TYPE;
import static jcuda.jcudnn.cudnnBackendAttributeName.CUDNN_ATTR_KNOB_CHOICE_KNOB_VALUE;
import static jcuda.jcudnn.cudnnBackendAttributeName.CUDNN_ATTR_VARIANT_PACK_DATA_POINTERS;
import static jcuda.jcudnn.cudnnBackendAttributeName.CUDNN_ATTR_VARIANT_PACK_UNIQUE_IDS;
import static jcuda.jcudnn.cudnnBackendAttributeName.CUDNN_ATTR_VARIANT_PACK_WORKSPACE;
import static jcuda.jcudnn.cudnnBackendAttributeType.CUDNN_TYPE_KNOB_TYPE;
import static jcuda.jcudnn.cudnnBackendAttributeType.CUDNN_TYPE_VOID_PTR;
import static jcuda.jcudnn.cudnnBackendDescriptorType.CUDNN_BACKEND_ENGINECFG_DESCRIPTOR;
import static jcuda.jcudnn.cudnnBackendDescriptorType.CUDNN_BACKEND_ENGINE_DESCRIPTOR;
import static jcuda.jcudnn.cudnnBackendDescriptorType.CUDNN_BACKEND_EXECUTION_PLAN_DESCRIPTOR;
import static jcuda.jcudnn.cudnnBackendDescriptorType.CUDNN_BACKEND_KNOB_CHOICE_DESCRIPTOR;
import static jcuda.jcudnn.cudnnBackendDescriptorType.CUDNN_BACKEND_VARIANT_PACK_DESCRIPTOR;

import io.convoy.backend.Resources;
import io.convoy.cuda.device.Buffer;
import java.util.List;

/** An engine of cuDNN's graph API with its settings, compiled to an execution plan. */
final class GraphWay implements Way {
  private final ConvolutionChoice.Engine engine;
  private final OperationGraph graph;
  private final Resources resources = new Resources();
  private final BackendDescriptors make;
  private final BackendDescriptor plan;
  private final long workspace;

  /**
   * Compiles the plan, which may take a second.
   *
   * @param graph outlives this
   */
  GraphWay(ConvolutionChoice.Engine engine, OperationGraph graph, BackendDescriptors descriptors) {
    this.engine = engine;
    this.graph = graph;
    make = descriptors.ownedBy(resources);
    try {
      plan =
          make.makeWithHandle(
                  CUDNN_BACKEND_EXECUTION_PLAN_DESCRIPTOR, CUDNN_ATTR_EXECUTION_PLAN_HANDLE)
              .set(CUDNN_ATTR_EXECUTION_PLAN_ENGINE_CONFIG, configuration())
              .finish();
      workspace = plan.number(CUDNN_ATTR_EXECUTION_PLAN_WORKSPACE_SIZE);
    } catch (RuntimeException e) {
      throw Failure.after(e, resources);
    }
  }

  private BackendDescriptor configuration() {
    BackendDescriptor made =
        make.make(CUDNN_BACKEND_ENGINE_DESCRIPTOR)
            .set(CUDNN_ATTR_ENGINE_OPERATION_GRAPH, graph.descriptor())
            .set(CUDNN_ATTR_ENGINE_GLOBAL_INDEX, engine.index())
            .finish();
    List<BackendDescriptor> knobs =
        engine.knobs().entrySet().stream().map(k -> knob(k.getKey(), k.getValue())).toList();
    return make.make(CUDNN_BACKEND_ENGINECFG_DESCRIPTOR)
        .set(CUDNN_ATTR_ENGINECFG_ENGINE, made)
        .set(CUDNN_ATTR_ENGINECFG_KNOB_CHOICES, knobs)
        .finish();
  }

  private BackendDescriptor knob(int kind, long value) {
    return make.make(CUDNN_BACKEND_KNOB_CHOICE_DESCRIPTOR)
        .setConstant(CUDNN_ATTR_KNOB_CHOICE_KNOB_TYPE, CUDNN_TYPE_KNOB_TYPE, kind)
        .set(CUDNN_ATTR_KNOB_CHOICE_KNOB_VALUE, value)
        .finish();
  }

  @Override
  public ConvolutionChoice choice() {
    return engine;
  }

  @Override
  public String name() {
    return engine.encode();
  }

  @Override
  public long workspace() {
    return workspace;
  }

  @Override
  public Runnable on(long address) {
    BackendDescriptor pack = pack(address);
    CudnnHandle handle = make.handle().orElseThrow();
    String subject = make.subject();
    return () ->
        CudnnStatus.check(cudnnBackendExecute(handle, plan, pack), "cudnnBackendExecute", subject);
  }

  /** The addresses for a call. */
  BackendDescriptor pack(long address) {
    long[] names = graph.memory().keySet().stream().mapToLong(Long::longValue).toArray();
    long[] addresses = graph.memory().values().stream().mapToLong(Buffer::address).toArray();
    return make.make(CUDNN_BACKEND_VARIANT_PACK_DESCRIPTOR)
        .set(CUDNN_ATTR_VARIANT_PACK_UNIQUE_IDS, names)
        .setWide(CUDNN_ATTR_VARIANT_PACK_DATA_POINTERS, CUDNN_TYPE_VOID_PTR, addresses)
        .setWide(CUDNN_ATTR_VARIANT_PACK_WORKSPACE, CUDNN_TYPE_VOID_PTR, address)
        .finish();
  }

  @Override
  public void close() {
    resources.close();
  }
}
