// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.jcuda;

import static jcuda.jcudnn.cudnnBackendAttributeName.CUDNN_ATTR_OPERATIONGRAPH_ENGINE_GLOBAL_COUNT;
import static jcuda.jcudnn.cudnnBackendAttributeName.CUDNN_ATTR_OPERATIONGRAPH_OPS;
import static jcuda.jcudnn.cudnnBackendAttributeName.CUDNN_ATTR_TENSOR_DIMENSIONS;
import static jcuda.jcudnn.cudnnBackendAttributeName.CUDNN_ATTR_TENSOR_STRIDES;
import static jcuda.jcudnn.cudnnBackendDescriptorType.CUDNN_BACKEND_OPERATIONGRAPH_DESCRIPTOR;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.backend.BackendException;
import io.convoy.backend.Resources;
import io.convoy.compile.Precision;
import io.convoy.cuda.device.Buffer;
import io.convoy.cuda.device.ConvolutionShape;
import io.convoy.cuda.device.ConvolutionStep;
import io.convoy.cuda.device.ConvolutionStep.Pass;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
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

  private CudnnEngines engines(ConvolutionStep step, Resources owner) {
    return new CudnnEngines(step, descriptors(step.describe(), owner));
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
              new GraphOperations(precision, make).convolution(pass, shape))
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

  /** cuDNN has the sizes in its own order, and the last element of [n,h,w,c] lies last. */
  @Test
  void tensorsLieAsOurs() {
    for (Precision precision : Precision.values()) {
      BackendDescriptor tensor =
          new GraphOperations(precision, descriptors("tensor", resources)).tensor(7, 2, 3, 5, 4);
      assertEquals(List.of(2L, 4L, 3L, 5L), tensor.numbers(CUDNN_ATTR_TENSOR_DIMENSIONS, 4));
      assertEquals(List.of(60L, 1L, 20L, 4L), tensor.numbers(CUDNN_ATTR_TENSOR_STRIDES, 4));
    }
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
          CudnnEngines engines = engines(step(pass, shape, precision), owner);
          for (Heuristic heuristic : Heuristic.values()) {
            for (EngineProposal proposal : engines.propose(heuristic)) {
              compiled += compile(engines, proposal.engine().encode());
            }
          }
        }
      }
    }
    assertTrue(compiled > 0, "nothing was proposed");
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
    CudnnEngines engines = engines(step(Pass.FORWARD, shape, Precision.FP32), resources);
    ConvolutionChoice.Engine none = new ConvolutionChoice.Engine(9999, new TreeMap<>());
    BackendException e = assertThrows(BackendException.class, () -> engines.prepare(none));
    assertTrue(e.getMessage().startsWith("conv: cudnn convolution FORWARD x["), e.getMessage());
    assertTrue(e.getMessage().contains("failed: CUDNN_STATUS_"), e.getMessage());
  }
}
