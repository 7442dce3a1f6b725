// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.jcuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.backend.BackendException;
import io.convoy.compile.Precision;
import io.convoy.cuda.device.ConvolutionShape;
import io.convoy.cuda.device.ConvolutionStep;
import io.convoy.cuda.device.ConvolutionStep.Pass;
import io.convoy.cuda.device.Pipeline;
import io.convoy.cuda.emulator.EmulatedConvolution;
import io.convoy.tensor.DType;
import io.convoy.tensor.HalfFloat;
import io.convoy.testkit.Seed;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** cuDNN's two APIs for convolutions, each alone and both together. */
class GpuConvolutionTest extends GpuTest {
  private static final int CASES = 2; // each of which is a search for every precision, pass and API
  private static final ConvolutionShape POINTWISE =
      new ConvolutionShape(2, 8, 8, 16, 16, 1, 1, 8, 8, 0, 0, 1, 1, 1, 1, 1);

  private DeviceTensor tensor(Precision precision, int... dims) {
    return tensor(precision.storage().orElse(DType.FLOAT32), dims);
  }

  /** A pass on tensors of its own. */
  private final class Trial {
    private final DeviceTensor x;
    private final DeviceTensor w;
    private final DeviceTensor y;
    private final ConvolutionStep step;

    Trial(Pass pass, ConvolutionShape s, Precision precision, Random random) {
      x = tensor(precision, s.batch(), s.height(), s.width(), s.channels()).fill(random);
      w =
          tensor(
                  precision,
                  s.filters(),
                  s.filterHeight(),
                  s.filterWidth(),
                  s.channels() / s.groups())
              .fill(random);
      y = tensor(precision, s.batch(), s.outHeight(), s.outWidth(), s.filters()).fill(random);
      step = new ConvolutionStep("trial", pass, s, precision, x.buffer(), w.buffer(), y.buffer());
    }

    Pipeline pipeline() {
      return resources.own(gpu.pipeline(List.of(step), List.of(), List.of()), Pipeline::close);
    }

    void run(Pipeline pipeline) {
      pipeline.run();
      pipeline.await();
      check();
    }

    /** Products of whole numbers that fp32 adds exactly, but for those of Winograd's transforms. */
    private void check() {
      DeviceTensor result =
          step.pass() == Pass.FORWARD ? y : step.pass() == Pass.BACKWARD_DATA ? x : w;
      double[] want = new double[result.values().length];
      double[] scale = new double[want.length];
      EmulatedConvolution.products(
          step.shape(),
          (ix, iw, iy) -> {
            double product =
                result == y
                    ? x.values()[ix] * w.values()[iw]
                    : y.values()[iy] * (result == x ? w.values()[iw] : x.values()[ix]);
            int at = result == y ? iy : result == x ? ix : iw;
            want[at] += product;
            scale[at] += Math.abs(product);
          });
      double step16 = result.type().isHalf() ? HalfFloat.step(result.type()) : 0;
      double[] got = result.read();
      for (int i = 0; i < want.length; i++) {
        double most = 1e-4 * scale[i] + step16 * Math.abs(want[i]) + 1e-6;
        assertEquals(want[i], got[i], most, step.describe() + " at " + i);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"legacy", "graph", "both"})
  void passesOfRandomConvolutions(String apis) {
    System.setProperty(Settings.CONVOLUTIONS, apis);
    Random random = new Random(Seed.value());
    Set<Precision> precisions = EnumSet.allOf(Precision.class);
    precisions.removeIf(precision -> gpu.info().refuses(precision).isPresent());
    List<String> refused = new ArrayList<>();
    int computed = 0;
    for (int i = 0; i < CASES; i++) {
      ConvolutionShape shape = RandomConvolution.next(random);
      for (Precision precision : precisions) {
        for (Pass pass : Pass.values()) {
          Trial trial = new Trial(pass, shape, precision, random);
          try {
            trial.run(trial.pipeline());
            computed++;
          } catch (BackendException e) {
            refused.add(e.getMessage());
          }
        }
      }
    }
    // What one API lacks the other may have.
    int most = apis.equals("both") ? 0 : computed;
    assertTrue(refused.size() <= most, () -> String.join("\n", refused));
  }

  /** Factors that TF32 would round come through a filter of ones and zeros. */
  @Test
  void fp32MeansFp32InTheGraphApi() {
    System.setProperty(Settings.CONVOLUTIONS, "graph");
    Trial trial = new Trial(Pass.FORWARD, POINTWISE, Precision.FP32, new Random(Seed.value()));
    for (int i = 0; i < trial.x.values().length; i++) {
      trial.x.values()[i] = 1 + i * 0x1p-20;
    }
    trial.x.write();
    for (int i = 0; i < trial.w.values().length; i++) {
      trial.w.values()[i] = i / POINTWISE.channels() == i % POINTWISE.channels() ? 1 : 0;
    }
    trial.w.write();
    Pipeline pipeline = trial.pipeline();
    pipeline.run();
    pipeline.await();
    assertArrayEquals(trial.x.values(), trial.y.read(), 1e-5); // TF32 is off by 5e-4
  }

  @ParameterizedTest
  @ValueSource(strings = {"legacy", "graph"})
  void theChoiceIsRemembered(String apis) {
    System.setProperty(Settings.CONVOLUTIONS, apis);
    Trial trial = new Trial(Pass.FORWARD, POINTWISE, Precision.FP32, new Random(Seed.value()));
    String first = trial.pipeline().choice(0);
    assertTrue(first.startsWith(apis + " "), first);
    assertTrue(first.contains(" tried, "), first);
    String way = first.substring(0, first.indexOf(';'));
    Pipeline again = trial.pipeline();
    assertEquals(way + "; remembered", again.choice(0));
    trial.run(again);
  }

  /** Plain, recorded and replayed runs see what lies in the buffers when their turn comes. */
  @ParameterizedTest
  @ValueSource(strings = {"legacy", "graph"})
  void replayedRuns(String apis) {
    System.setProperty(Settings.CONVOLUTIONS, apis);
    Random random = new Random(Seed.value());
    Trial trial = new Trial(Pass.FORWARD, POINTWISE, Precision.FP32, random);
    Pipeline pipeline = trial.pipeline();
    for (int run = 0; run < 4; run++) {
      trial.x.fill(random);
      trial.run(pipeline);
    }
  }
}
