// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.jcuda;

import static io.convoy.cuda.device.Argument.of;
import static io.convoy.cuda.device.Argument.to;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.backend.BackendException;
import io.convoy.compile.Precision;
import io.convoy.cuda.device.Argument;
import io.convoy.cuda.device.ConvolutionShape;
import io.convoy.cuda.device.ConvolutionStep;
import io.convoy.cuda.device.ConvolutionStep.Pass;
import io.convoy.cuda.device.Epilogue;
import io.convoy.cuda.device.Grid;
import io.convoy.cuda.device.KernelStep;
import io.convoy.cuda.device.Pipeline;
import io.convoy.tensor.DType;
import io.convoy.tensor.HalfFloat;
import io.convoy.testkit.Seed;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Convolutions whose channels' means and variances are made in their launch or behind it. */
class GpuStatisticsTest extends GpuTest {
  private static final int BLOCK = 256;

  private final Random random = new Random(Seed.value());

  private DeviceTensor filled(DType type, int... dims) {
    return tensor(type, dims).fill(random);
  }

  /** A convolution on tensors of its own. */
  private final class Trial {
    private final DeviceTensor y;
    private final DeviceTensor mean;
    private final DeviceTensor variance;
    private final ConvolutionStep step;

    Trial(ConvolutionShape s, Precision precision) {
      DType type = precision.storage().orElseThrow();
      int k = s.filters();
      DeviceTensor x = filled(type, s.batch(), s.height(), s.width(), s.channels());
      DeviceTensor w =
          filled(type, k, s.filterHeight(), s.filterWidth(), s.channels() / s.groups());
      y = filled(type, s.batch(), s.outHeight(), s.outWidth(), k);
      mean = filled(DType.FLOAT32, k);
      variance = filled(DType.FLOAT32, k);
      DeviceTensor sum = filled(DType.FLOAT32, k);
      DeviceTensor squares = filled(DType.FLOAT32, k);
      step =
          new ConvolutionStep(
                  "trial", Pass.FORWARD, s, precision, x.buffer(), w.buffer(), y.buffer())
              .followedBy(
                  new Epilogue.Statistics(
                      sum.buffer(), squares.buffer(), moments(sum, squares), kernel()));
    }

    private KernelStep moments(DeviceTensor sum, DeviceTensor squares) {
      return kernel("batch_norm_moments_f32", of(sum.buffer()), of(squares.buffer()));
    }

    private KernelStep kernel() {
      String type = y.type() == DType.BFLOAT16 ? "bf16" : "f16";
      return kernel("batch_norm_statistics_" + type, of(y.buffer()));
    }

    private KernelStep kernel(String name, Argument... from) {
      List<Argument> arguments = new ArrayList<>(List.of(from));
      arguments.add(to(mean.buffer()));
      arguments.add(to(variance.buffer()));
      if (from.length == 1) { // as one part, without memory between parts
        arguments.add(new Argument.Null());
        arguments.add(new Argument.Null());
      }
      int channels = mean.values().length;
      arguments.add(of((long) y.values().length / channels));
      arguments.add(of(channels));
      return new KernelStep("trial", name, Grid.of(1), BLOCK, arguments, List.of());
    }

    /** Runs once; returns what was chosen. */
    String run() {
      Pipeline pipeline =
          resources.own(gpu.pipeline(List.of(step), List.of(), List.of()), Pipeline::close);
      pipeline.run();
      pipeline.await();
      double[] values = y.read();
      double[] means = mean.read();
      double[] variances = variance.read();
      for (int c = 0; c < means.length; c++) {
        check(values, c, means[c], variances[c]);
      }
      return pipeline.choice(0);
    }

    /** Beside those of y as it is stored; the sums may be of y as it was before that. */
    private void check(double[] values, int c, double mean, double variance) {
      int rows = values.length / step.shape().filters();
      double sum = 0;
      double squares = 0;
      for (int r = 0; r < rows; r++) {
        double value = values[r * step.shape().filters() + c];
        sum += value;
        squares += value * value;
      }
      double size = squares / rows;
      double rounding = HalfFloat.step(y.type());
      String where = step.describe() + ", channel " + c;
      assertEquals(sum / rows, mean, rounding * Math.sqrt(size) + 1e-6, where);
      double expected = size - sum / rows * (sum / rows);
      assertEquals(expected, variance, 2 * rounding * size + 1e-6, where);
    }
  }

  /** Each of the ways alone, and by the clock. */
  @ParameterizedTest
  @ValueSource(strings = {"legacy", "graph", "fused", "both"})
  void statisticsOfRandomConvolutions(String apis) {
    System.setProperty(Settings.CONVOLUTIONS, apis);
    List<String> refused = new ArrayList<>();
    int computed = 0;
    for (Precision precision : List.of(Precision.BF16, Precision.FP16)) {
      Trial trial = new Trial(RandomConvolution.next(random, 1), precision);
      try {
        String choice = trial.run();
        boolean fused = choice.startsWith("fused ");
        assertTrue(!apis.equals("fused") || fused, choice);
        assertTrue(
            choice.contains(fused ? " + batch_norm_moments_f32" : " + batch_norm_statistics_"),
            choice);
        computed++;
      } catch (BackendException e) {
        refused.add(e.getMessage());
      }
    }
    // What one way can't do others can.
    int most = apis.equals("both") ? 0 : computed;
    assertTrue(refused.size() <= most, () -> String.join("\n", refused));
  }
}
