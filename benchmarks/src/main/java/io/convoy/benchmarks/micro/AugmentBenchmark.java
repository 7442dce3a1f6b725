// SPDX-License-Identifier: Apache-2.0
package io.convoy.benchmarks.micro;

import io.convoy.backend.Devices;
import io.convoy.data.Dataset;
import io.convoy.data.Mnist;
import io.convoy.graph.Graph;
import io.convoy.graph.Value;
import io.convoy.initializers.Initializers;
import io.convoy.nn.Images;
import io.convoy.nn.Nn;
import io.convoy.ops.Augmentation;
import io.convoy.session.Session;
import io.convoy.session.Step;
import io.convoy.tensor.Shape;
import io.convoy.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Everything that augmentation does, in one pass over a batch of MNIST on the device. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class AugmentBenchmark {
  /** Images that one call changes. */
  public static final int BATCH = 128;

  private static final Augmentation LIMITS =
      new Augmentation(true, false, 2, 0.1f, 0.03f, 0.1f, 0.2f, 0.2f, 8);

  /** What {@code --device} takes. */
  @Param("")
  public String device;

  private Session session;
  private Step step;

  /**
   * Builds the op and checks its result against the reference backend.
   *
   * @throws IOException if MNIST can't be read
   */
  @Setup
  public void open() throws IOException {
    float[] wanted = sums("reference");
    float[] sums = sums(device);
    for (int n = 0; n < BATCH; n++) {
      if (!(Math.abs(sums[n] - wanted[n]) < 1e-2)) {
        throw new IllegalStateException(
            "image " + n + " sums up to " + sums[n] + ", on the reference to " + wanted[n]);
      }
    }
  }

  /** Opens a session, runs once, and returns the sum of each image. */
  private float[] sums(String where) throws IOException {
    close();
    Graph graph = new Graph();
    Value x = graph.variable("x", Shape.of(BATCH, 28, 28, 1), Initializers.zeros());
    Value y = Images.augment(x, LIMITS);
    session = new Session(graph, Devices.open(where).backend());
    session.write(x, images(x));
    step = session.prepare(List.of(Nn.reduceSum(y, 1, 2, 3)), Map.of());
    step.run();
    float[] sums = new float[BATCH];
    step.output(0).asFloatBuffer().get(0, sums);
    return sums;
  }

  private static Tensor images(Value x) throws IOException {
    Dataset data = Mnist.load().train();
    Tensor images = Tensor.zeros(x.spec());
    int[] order = IntStream.range(0, BATCH).toArray();
    data.copy(order, 0, BATCH, images.floatBuffer(), IntBuffer.allocate(BATCH));
    return images;
  }

  /**
   * One pass.
   *
   * @return the sums, which are waited for
   */
  @Benchmark
  public ByteBuffer augment() {
    step.run();
    return step.output(0);
  }

  /** Frees the device. */
  @TearDown
  public void close() {
    if (session != null) {
      session.close();
    }
  }
}
