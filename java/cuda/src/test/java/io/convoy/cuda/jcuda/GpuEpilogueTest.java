// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.jcuda;

import static io.convoy.cuda.device.Argument.of;
import static io.convoy.cuda.device.Argument.to;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.backend.BackendException;
import io.convoy.compile.Precision;
import io.convoy.cuda.device.ConvolutionShape;
import io.convoy.cuda.device.ConvolutionStep;
import io.convoy.cuda.device.ConvolutionStep.Pass;
import io.convoy.cuda.device.Epilogue;
import io.convoy.cuda.device.Grid;
import io.convoy.cuda.device.KernelStep;
import io.convoy.cuda.device.Pipeline;
import io.convoy.cuda.emulator.EmulatedConvolution;
import io.convoy.ops.Activation;
import io.convoy.tensor.DType;
import io.convoy.tensor.HalfFloat;
import io.convoy.testkit.Seed;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Convolutions with a bias and a function, in one launch of cuDNN's or with a kernel behind. */
class GpuEpilogueTest extends GpuTest {
  private static final int BLOCK = 256;
  private static final ConvolutionShape GROUPED =
      new ConvolutionShape(2, 8, 8, 16, 16, 3, 3, 8, 8, 1, 1, 1, 1, 1, 1, 2);
  private static final ConvolutionShape POINTWISE =
      new ConvolutionShape(2, 8, 8, 16, 16, 1, 1, 8, 8, 0, 0, 1, 1, 1, 1, 1);

  private static final Map<Activation, DoubleUnaryOperator> FUNCTIONS = new LinkedHashMap<>();

  static {
    FUNCTIONS.put(Activation.RELU, x -> Math.max(x, 0));
    FUNCTIONS.put(Activation.RELU6, x -> Math.min(Math.max(x, 0), 6));
    FUNCTIONS.put(Activation.leakyRelu(0.25f), x -> x > 0 ? x : x / 4);
    FUNCTIONS.put(Activation.elu(0.5f), x -> x > 0 ? x : Math.expm1(x) / 2);
    FUNCTIONS.put(Activation.SIGMOID, x -> 1 / (1 + Math.exp(-x)));
    FUNCTIONS.put(Activation.TANH, Math::tanh);
    FUNCTIONS.put(Activation.of(Activation.Kind.SILU), x -> x / (1 + Math.exp(-x)));
  }

  private final Random random = new Random(Seed.value());

  /** A convolution on tensors of its own. */
  private final class Trial {
    private final DeviceTensor x;
    private final DeviceTensor w;
    private final DeviceTensor y;
    private final DeviceTensor bias;
    private final DoubleUnaryOperator function;
    private final ConvolutionStep step;

    Trial(ConvolutionShape s, Precision precision, Activation f) {
      DType type = precision.storage().orElse(DType.FLOAT32);
      x = filled(type, s.batch(), s.height(), s.width(), s.channels());
      w = filled(type, s.filters(), s.filterHeight(), s.filterWidth(), s.channels() / s.groups());
      y = filled(type, s.batch(), s.outHeight(), s.outWidth(), s.filters());
      bias = filled(DType.FLOAT32, s.filters());
      function = FUNCTIONS.get(f);
      step =
          new ConvolutionStep(
                  "trial", Pass.FORWARD, s, precision, x.buffer(), w.buffer(), y.buffer())
              .followedBy(
                  new Epilogue.BiasActivation(
                      Optional.of(bias.buffer()), Optional.of(f), kernel(type, f)));
    }

    private DeviceTensor filled(DType type, int... dims) {
      return tensor(type, dims).fill(random);
    }

    private KernelStep kernel(DType type, Activation f) {
      String suffix = type == DType.BFLOAT16 ? "bf16" : type == DType.FLOAT16 ? "f16" : "f32";
      int channels = bias.values().length;
      return new KernelStep(
          "trial",
          "bias_activation_forward_" + suffix,
          Grid.of(1 + y.values().length / BLOCK),
          BLOCK,
          List.of(
              of(y.buffer()),
              of(bias.buffer()),
              to(y.buffer()),
              of((long) y.values().length / channels),
              of(channels),
              of(f.kind().ordinal()),
              of(f.alpha()),
              of(f.beta())),
          List.of());
    }

    Pipeline pipeline() {
      return resources.own(gpu.pipeline(List.of(step), List.of(), List.of()), Pipeline::close);
    }

    void run(Pipeline pipeline) {
      pipeline.run();
      pipeline.await();
      double[] sum = new double[y.values().length];
      double[] scale = new double[sum.length];
      EmulatedConvolution.products(
          step.shape(),
          (ix, iw, iy) -> {
            sum[iy] += x.values()[ix] * w.values()[iw];
            scale[iy] += Math.abs(x.values()[ix] * w.values()[iw]);
          });
      double step16 = y.type().isHalf() ? HalfFloat.step(y.type()) : 0;
      double[] got = y.read();
      for (int i = 0; i < sum.length; i++) {
        double want = function.applyAsDouble(sum[i] + bias.values()[i % bias.values().length]);
        // A kernel behind the convolution gets its sums rounded.
        double rounded = 1.1 * step16 * (Math.abs(sum[i]) + Math.abs(want));
        double most = 1e-4 * scale[i] + rounded + 1e-5;
        assertEquals(want, got[i], Double.isNaN(want) ? 1 : most, step.describe() + " at " + i);
      }
    }
  }

  /** Each of the ways alone, and by the clock. */
  @ParameterizedTest
  @ValueSource(strings = {"legacy", "graph", "fused", "both"})
  void functionsOfRandomConvolutions(String apis) {
    System.setProperty(Settings.CONVOLUTIONS, apis);
    Set<Precision> precisions = EnumSet.allOf(Precision.class);
    precisions.removeIf(precision -> gpu.info().refuses(precision).isPresent());
    List<String> refused = new ArrayList<>();
    int computed = 0;
    for (Activation f : FUNCTIONS.keySet()) {
      ConvolutionShape shape = RandomConvolution.next(random, 1);
      for (Precision precision : precisions) {
        Trial trial = new Trial(shape, precision, f);
        try {
          trial.run(trial.pipeline());
          computed++;
        } catch (BackendException e) {
          refused.add(e.getMessage());
        }
      }
    }
    // What one way can't do others can.
    int most = apis.equals("both") ? 0 : computed;
    assertTrue(refused.size() <= most, () -> String.join("\n", refused));
  }

  /** The stand-in for cuDNN fuses nothing with groups. */
  @ParameterizedTest
  @ValueSource(strings = {"graph", "both"})
  void whereNothingIsFusedAKernelFollows(String apis) {
    System.setProperty(Settings.CONVOLUTIONS, apis);
    Trial trial = new Trial(GROUPED, Precision.FP32, Activation.RELU6);
    Pipeline pipeline = trial.pipeline();
    String choice = pipeline.choice(0);
    String kernel = " + bias_activation_forward_f32, workspace ";
    assertTrue(choice.contains(kernel) || choice.startsWith("fused graph engine "), choice);
    trial.run(pipeline);
  }

  @Test
  void theChoiceIsRemembered() {
    System.setProperty(Settings.CONVOLUTIONS, "fused");
    Trial trial = new Trial(POINTWISE, Precision.FP16, Activation.RELU);
    String first = trial.pipeline().choice(0);
    assertTrue(first.startsWith("fused graph engine "), first);
    Pipeline again = trial.pipeline();
    assertEquals(first.substring(0, first.indexOf(';')) + "; remembered", again.choice(0));
    trial.run(again);
    Trial other = new Trial(POINTWISE, Precision.FP16, Activation.TANH);
    assertTrue(other.pipeline().choice(0).contains(" tried, "), "what follows is part of the key");
  }

  /** Plain, recorded and replayed runs see what lies in the buffers when their turn comes. */
  @ParameterizedTest
  @ValueSource(strings = {"legacy", "fused"})
  void replayedRuns(String apis) {
    System.setProperty(Settings.CONVOLUTIONS, apis);
    Trial trial = new Trial(POINTWISE, Precision.FP16, Activation.RELU6);
    Pipeline pipeline = trial.pipeline();
    for (int run = 0; run < 4; run++) {
      trial.x.fill(random);
      trial.bias.fill(random);
      trial.run(pipeline);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"legacy", "fused"})
  void notANumberStaysOne(String apis) {
    System.setProperty(Settings.CONVOLUTIONS, apis);
    Trial trial = new Trial(POINTWISE, Precision.FP16, Activation.RELU);
    trial.bias.values()[3] = Double.NaN;
    trial.bias.write();
    trial.run(trial.pipeline());
  }
}
