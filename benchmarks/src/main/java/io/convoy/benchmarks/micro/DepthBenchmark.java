// SPDX-License-Identifier: Apache-2.0
package io.convoy.benchmarks.micro;

import static io.convoy.layers.ActivationFunction.RELU;
import static io.convoy.layers.ActivationFunction.SOFTMAX;
import static io.convoy.layers.Layers.conv2D;
import static io.convoy.layers.Layers.dense;
import static io.convoy.layers.Layers.globalAveragePooling2D;
import static io.convoy.layers.Layers.input;

import io.convoy.contest.Batch;
import io.convoy.contest.Net;
import io.convoy.initializers.Initializers;
import io.convoy.layers.Layer;
import io.convoy.losses.Losses;
import io.convoy.model.CompileOptions;
import io.convoy.model.Sequential;
import io.convoy.ops.Padding;
import io.convoy.optimizers.Optimizers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A training step of a net that is nothing but equal layers: what one more costs. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DepthBenchmark {
  /** Images a step. */
  public static final int BATCH = 64;

  private static final int CHANNELS = 32;

  /** Number of convolutions 3x3, 32 channels, ReLU, behind the first. */
  @Param("0")
  public int depth;

  /** What {@code --device} takes. */
  @Param("")
  public String device;

  private ConvoyEntry entry;
  private Batch data;

  /** Builds the net and checks that it predicts distributions. */
  @Setup
  public void open() {
    List<Layer> layers = new ArrayList<>();
    layers.add(input(28, 28, 1));
    for (int i = 0; i <= depth; i++) {
      layers.add(
          conv2D(CHANNELS, 3)
              .padding(Padding.SAME)
              .kernelInitializer(Initializers.heNormal())
              .activation(RELU));
    }
    layers.add(globalAveragePooling2D());
    layers.add(dense(Net.CLASSES).activation(SOFTMAX));
    entry =
        new ConvoyEntry(
            new Sequential("depth" + depth, layers.toArray(Layer[]::new))
                .compile(
                    Optimizers.adam(1e-3),
                    Losses.SPARSE_CATEGORICAL_CROSSENTROPY,
                    List.of(),
                    CompileOptions.defaults().device(device)));
    data = Batch.draw(Net.MLP, BATCH, 1).get(0);
    float[] probabilities = new float[BATCH * Net.CLASSES];
    entry.infer(data, probabilities);
    data.crossEntropy(probabilities);
  }

  /** One training step. */
  @Benchmark
  public void train() {
    entry.train(data);
  }

  /** Frees the device. */
  @TearDown
  public void close() {
    entry.close();
  }
}
