// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.jcuda;

import static jcuda.jcudnn.cudnnBackendAttributeName.CUDNN_ATTR_ENGINECFG_ENGINE;
import static jcuda.jcudnn.cudnnBackendAttributeName.CUDNN_ATTR_ENGINECFG_KNOB_CHOICES;
import static jcuda.jcudnn.cudnnBackendAttributeName.CUDNN_ATTR_ENGINEHEUR_MODE;
import static jcuda.jcudnn.cudnnBackendAttributeName.CUDNN_ATTR_ENGINEHEUR_OPERATION_GRAPH;
import static jcuda.jcudnn.cudnnBackendAttributeName.CUDNN_ATTR_ENGINEHEUR_RESULTS;
import static jcuda.jcudnn.cudnnBackendAttributeName.CUDNN_ATTR_ENGINE_GLOBAL_INDEX;
import static jcuda.jcudnn.cudnnBackendAttributeName.CUDNN_ATTR_ENGINE_NUMERICAL_NOTE;
import static jcuda.jcudnn.cudnnBackendAttributeName.CUDNN_ATTR_KNOB_CHOICE_KNOB_TYPE;
import static jcuda.jcudnn.cudnnBackendAttributeName.CUDNN_ATTR_KNOB_CHOICE_KNOB_VALUE;
import static jcuda.jcudnn.cudnnBackendAttributeType.CUDNN_TYPE_HEUR_MODE;
import static jcuda.jcudnn.cudnnBackendAttributeType.CUDNN_TYPE_KNOB_TYPE;
import static jcuda.jcudnn.cudnnBackendAttributeType.CUDNN_TYPE_NUMERICAL_NOTE;
import static jcuda.jcudnn.cudnnBackendDescriptorType.CUDNN_BACKEND_ENGINECFG_DESCRIPTOR;
import static jcuda.jcudnn.cudnnBackendDescriptorType.CUDNN_BACKEND_ENGINEHEUR_DESCRIPTOR;
import static jcuda.jcudnn.cudnnBackendDescriptorType.CUDNN_BACKEND_ENGINE_DESCRIPTOR;
import static jcuda.jcudnn.cudnnBackendDescriptorType.CUDNN_BACKEND_KNOB_CHOICE_DESCRIPTOR;

import io.convoy.backend.Resources;
import io.convoy.cuda.device.ConvolutionStep;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The engines of cuDNN itself. */
final class CudnnEngines implements GraphEngines {
  /** More than cuDNN has kinds of knobs (9.5: 37) and of notes (9.5: 10). */
  private static final int MOST = 64;

  private final ConvolutionStep step;
  private final boolean fused;
  private final BackendDescriptors make;
  private OperationGraph graph;

  /**
   * Asks nothing of cuDNN yet.
   *
   * @param fused for what follows the convolution as well, or for the convolution alone
   * @param make for the step; their owner destroys the graph, after all that was prepared
   */
  CudnnEngines(ConvolutionStep step, boolean fused, BackendDescriptors make) {
    this.step = step;
    this.fused = fused;
    this.make = make;
  }

  private OperationGraph graph() {
    if (graph == null) {
      graph = new OperationGraph(step, fused, make);
    }
    return graph;
  }

  @Override
  public List<EngineProposal> propose(Heuristic heuristic) {
    try (Resources resources = new Resources()) {
      BackendDescriptors temporary = make.ownedBy(resources);
      BackendDescriptor guess =
          temporary
              .make(CUDNN_BACKEND_ENGINEHEUR_DESCRIPTOR)
              .set(CUDNN_ATTR_ENGINEHEUR_OPERATION_GRAPH, graph().descriptor())
              .setConstant(CUDNN_ATTR_ENGINEHEUR_MODE, CUDNN_TYPE_HEUR_MODE, heuristic.constant())
              .finish();
      int count = Math.min(MOST, guess.count(CUDNN_ATTR_ENGINEHEUR_RESULTS));
      return guess
          .fill(
              CUDNN_ATTR_ENGINEHEUR_RESULTS,
              temporary.make(CUDNN_BACKEND_ENGINECFG_DESCRIPTOR, count))
          .stream()
          .map(this::proposal)
          .toList();
    }
  }

  private EngineProposal proposal(BackendDescriptor configuration) {
    try (Resources resources = new Resources()) {
      BackendDescriptors temporary = make.ownedBy(resources);
      BackendDescriptor engine =
          configuration
              .fill(CUDNN_ATTR_ENGINECFG_ENGINE, temporary.make(CUDNN_BACKEND_ENGINE_DESCRIPTOR, 1))
              .get(0);
      SortedMap<Integer, Long> knobs = new TreeMap<>();
      for (BackendDescriptor knob :
          configuration.fill(
              CUDNN_ATTR_ENGINECFG_KNOB_CHOICES,
              temporary.make(CUDNN_BACKEND_KNOB_CHOICE_DESCRIPTOR, MOST))) {
        int kind = knob.constants(CUDNN_ATTR_KNOB_CHOICE_KNOB_TYPE, CUDNN_TYPE_KNOB_TYPE, 1).get(0);
        knobs.put(kind, knob.number(CUDNN_ATTR_KNOB_CHOICE_KNOB_VALUE));
      }
      return new EngineProposal(
          new ConvolutionChoice.Engine(fused, engine.number(CUDNN_ATTR_ENGINE_GLOBAL_INDEX), knobs),
          engine.constants(CUDNN_ATTR_ENGINE_NUMERICAL_NOTE, CUDNN_TYPE_NUMERICAL_NOTE, MOST));
    }
  }

  @Override
  public GraphWay prepare(ConvolutionChoice.Engine engine) {
    return new GraphWay(engine, graph(), make);
  }
}
