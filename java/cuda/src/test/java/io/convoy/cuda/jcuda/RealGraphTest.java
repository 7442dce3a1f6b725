// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.jcuda;

import static jcuda.jcudnn.cudnnBackendAttributeName.CUDNN_ATTR_ENGINE_GLOBAL_INDEX;
import static jcuda.jcudnn.cudnnBackendAttributeName.CUDNN_ATTR_ENGINE_OPERATION_GRAPH;
import static jcuda.jcudnn.cudnnBackendAttributeName.CUDNN_ATTR_OPERATIONGRAPH_ENGINE_GLOBAL_COUNT;
import static jcuda.jcudnn.cudnnBackendAttributeName.CUDNN_ATTR_OPERATIONGRAPH_OPS;
import static jcuda.jcudnn.cudnnBackendAttributeName.CUDNN_ATTR_TENSOR_DATA_TYPE;
import static jcuda.jcudnn.cudnnBackendAttributeName.CUDNN_ATTR_TENSOR_DIMENSIONS;
import static jcuda.jcudnn.cudnnBackendAttributeName.CUDNN_ATTR_TENSOR_STRIDES;
import static jcuda.jcudnn.cudnnBackendAttributeType.CUDNN_TYPE_DATA_TYPE;
import static jcuda.jcudnn.cudnnBackendDescriptorType.CUDNN_BACKEND_ENGINE_DESCRIPTOR;
import static jcuda.jcudnn.cudnnBackendDescriptorType.CUDNN_BACKEND_OPERATIONGRAPH_DESCRIPTOR;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.convoy.backend.BackendException;
import io.convoy.backend.Resources;
import io.convoy.compile.Precision;
import io.convoy.cuda.device.Buffer;
import io.convoy.cuda.device.ConvolutionShape;
import io.convoy.cuda.device.ConvolutionStep;
import io.convoy.cuda.device.ConvolutionStep.Pass;
import io.convoy.cuda.device.Epilogue;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import jcuda.jcudnn.cudnnDataType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What cuDNN's graph API does without a GPU: it describes, proposes and compiles. For which GPU is
 * left to chance, so which engines there are is not a matter of these tests.
 */
@Tag("redist")
class RealGraphTest {
  private static final int CASES = 500;
  private static final long SEED = 13;

  private final Resources resources = new Resources();
  private AddressedMemory memory;
  private long alive;

  @BeforeAll
  static void load() {
    RealLibraries.load();
  }

  @BeforeEach
  void open() {
    alive = Resources.live();
    memory = RealLibraries.memory(resources);
  }

  @AfterEach
  void close() {
    resources.close();
    assertEquals(alive, Resources.live(), "something was not freed");
  }

  private BackendDescriptors descriptors(String subject, Resources owner) {
    return new BackendDescriptors(Optional.empty(), memory, subject, owner);
  }

  private CudnnEngines engines(ConvolutionStep step, boolean fused, Resources owner) {
    return new CudnnEngines(step, fused, descriptors(step.describe(), owner));
  }

  private static ConvolutionStep step(Pass pass, ConvolutionShape shape, Precision precision) {
    Buffer x = Buffer.at(0x1000, 1);
    Buffer w = Buffer.at(0x2000, 1);
    Buffer y = Buffer.at(0x3000, 1);
    return new ConvolutionStep("conv", pass, shape, precision, x, w, y);
  }

  /** A graph with one operation is finished; returns how many engines cuDNN has for such a one. */
  private long engines(Pass pass, ConvolutionShape shape, Precision precision) {
    try (Resources owner = new Resources()) {
      BackendDescriptors make = descriptors(pass + " " + precision + " " + shape, owner);
      return make.make(CUDNN_BACKEND_OPERATIONGRAPH_DESCRIPTOR)
          .set(
              CUDNN_ATTR_OPERATIONGRAPH_OPS,
              new GraphOperations(new GraphTensors(precision, make)).convolution(pass, shape))
          .finish()
          .number(CUDNN_ATTR_OPERATIONGRAPH_ENGINE_GLOBAL_COUNT);
    }
  }

  /** cuDNN refuses an operation whose result has another size. */
  @Test
  void operationsHaveTheShapesOfCore() {
    Random random = new Random(SEED);
    for (int i = 0; i < CASES; i++) {
      ConvolutionShape shape = RandomConvolution.next(random);
      for (Precision precision : Precision.values()) {
        for (Pass pass : Pass.values()) {
          assertTrue(engines(pass, shape, precision) > 0);
          ConvolutionShape wrong = withOutHeight(shape, shape.outHeight() + 1);
          assertThrows(BackendException.class, () -> engines(pass, wrong, precision));
        }
      }
    }
  }

  /** A graph with what follows is finished; returns how many of its engines are. */
  private long fusedEngines(ConvolutionStep step) {
    try (Resources owner = new Resources()) {
      BackendDescriptors make = descriptors(step.describe(), owner);
      BackendDescriptor graph = new OperationGraph(step, true, make).descriptor();
      long count = graph.number(CUDNN_ATTR_OPERATIONGRAPH_ENGINE_GLOBAL_COUNT);
      return LongStream.range(0, count).filter(i -> isFinished(i, graph, make)).count();
    }
  }

  private static boolean isFinished(long engine, BackendDescriptor graph, BackendDescriptors make) {
    try {
      make.make(CUDNN_BACKEND_ENGINE_DESCRIPTOR)
          .set(CUDNN_ATTR_ENGINE_OPERATION_GRAPH, graph)
          .set(CUDNN_ATTR_ENGINE_GLOBAL_INDEX, engine)
          .finish();
      return true;
    } catch (BackendException e) {
      return false;
    }
  }

  /** Heuristics propose none of these engines without a driver, and no plan compiles. */
  @Test
  void whatFollowsIsOfTheGraph() {
    Random random = new Random(SEED);
    for (int i = 0; i < CASES; i++) {
      ConvolutionShape shape = RandomConvolution.next(random);
      for (Precision precision : Precision.values()) {
        ConvolutionStep step = step(Pass.FORWARD, shape, precision);
        for (Epilogue next : List.of(RandomEpilogue.next(random), RandomEpilogue.statistics())) {
          ConvolutionStep followed = step.followedBy(next);
          assertTrue(fusedEngines(followed) > 0, followed::describe);
        }
      }
    }
  }

  /** cuDNN has the sizes in its own order, and the last element of [n,h,w,c] lies last. */
  @Test
  void tensorsLieAsOurs() {
    for (Precision precision : Precision.values()) {
      BackendDescriptor tensor =
          new GraphTensors(precision, descriptors("tensor", resources)).tensor(7, 2, 3, 5, 4);
      assertEquals(List.of(2L, 4L, 3L, 5L), tensor.numbers(CUDNN_ATTR_TENSOR_DIMENSIONS, 4));
      assertEquals(List.of(60L, 1L, 20L, 4L), tensor.numbers(CUDNN_ATTR_TENSOR_STRIDES, 4));
    }
  }

  /** A bias has a number for each channel, of fp32 always. */
  @Test
  void biasesLieAsOurs() {
    BackendDescriptor bias =
        new GraphTensors(Precision.BF16, descriptors("bias", resources)).vector(7, 5);
    assertEquals(List.of(1L, 5L, 1L, 1L), bias.numbers(CUDNN_ATTR_TENSOR_DIMENSIONS, 4));
    assertEquals(List.of(5L, 1L, 5L, 5L), bias.numbers(CUDNN_ATTR_TENSOR_STRIDES, 4));
    assertEquals(
        List.of(cudnnDataType.CUDNN_DATA_FLOAT),
        bias.constants(CUDNN_ATTR_TENSOR_DATA_TYPE, CUDNN_TYPE_DATA_TYPE, 1));
  }

  private static ConvolutionShape withOutHeight(ConvolutionShape s, int outHeight) {
    return new ConvolutionShape(
        s.batch(),
        s.height(),
        s.width(),
        s.channels(),
        s.filters(),
        s.filterHeight(),
        s.filterWidth(),
        outHeight,
        s.outWidth(),
        s.padHeight(),
        s.padWidth(),
        s.strideHeight(),
        s.strideWidth(),
        s.dilationHeight(),
        s.dilationWidth(),
        s.groups());
  }

  /** Engines with settings, as the heuristics propose them, can be had again from their text. */
  @Test
  void proposalsCompileFromWhatIsRemembered() {
    ConvolutionShape shape =
        new ConvolutionShape(32, 28, 28, 64, 64, 3, 3, 28, 28, 1, 1, 1, 1, 1, 1, 1);
    int compiled = 0;
    for (Precision precision : Precision.values()) {
      for (Pass pass : Pass.values()) {
        try (Resources owner = new Resources()) {
          CudnnEngines engines = engines(step(pass, shape, precision), false, owner);
          for (Heuristic heuristic : Heuristic.values()) {
            for (EngineProposal proposal : proposals(engines, heuristic)) {
              compiled += compile(engines, proposal.engine().encode());
            }
          }
        }
      }
    }
    assumeTrue(compiled > 0, "nothing was proposed for the GPU that cuDNN took by chance");
  }

  /** Without a driver a heuristic may refuse even to look: that is left to chance, too. */
  private static List<EngineProposal> proposals(GraphEngines engines, Heuristic heuristic) {
    try {
      return engines.propose(heuristic);
    } catch (BackendException e) {
      return List.of();
    }
  }

  /** A plan, its workspace and a pack of addresses; not executed. */
  private static int compile(CudnnEngines engines, String remembered) {
    ConvolutionChoice choice = ConvolutionChoice.decode(remembered).orElseThrow();
    try (GraphWay way = engines.prepare((ConvolutionChoice.Engine) choice)) {
      assertEquals(remembered, way.name());
      assertTrue(way.workspace() >= 0);
      way.pack(0x4000);
      return 1;
    }
  }

  @Test
  void anEngineThatIsNotThereIsRefused() {
    ConvolutionShape shape = RandomConvolution.next(new Random(SEED));
    CudnnEngines engines = engines(step(Pass.FORWARD, shape, Precision.FP32), false, resources);
    ConvolutionChoice.Engine none = new ConvolutionChoice.Engine(false, 9999, new TreeMap<>());
    BackendException e = assertThrows(BackendException.class, () -> engines.prepare(none));
    assertTrue(e.getMessage().startsWith("conv: cudnn convolution FORWARD x["), e.getMessage());
    assertTrue(e.getMessage().contains("failed: CUDNN_STATUS_"), e.getMessage());
  }
}
