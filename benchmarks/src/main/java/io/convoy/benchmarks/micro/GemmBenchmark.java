// SPDX-License-Identifier: Apache-2.0
package io.convoy.benchmarks.micro;

import io.convoy.backend.Devices;
import io.convoy.graph.Graph;
import io.convoy.graph.Value;
import io.convoy.initializers.Initializers;
import io.convoy.nn.Nn;
import io.convoy.session.Session;
import io.convoy.session.Step;
import io.convoy.tensor.Shape;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
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

/**
 * The arithmetic ceiling: a matrix product large enough that nothing but the multipliers counts.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class GemmBenchmark {
  /** Rows, columns and depth: 17 GFLOP over 50 MB. */
  public static final int SIZE = 2048;

  /** What {@code --device} takes. */
  @Param("")
  public String device;

  private Session session;
  private Step step;

  /** Multiplies once and checks a few elements against plain sums in double. */
  @Setup
  public void open() {
    Graph graph = new Graph();
    session = new Session(graph, Devices.open(device).backend());
    Shape square = Shape.of(SIZE, SIZE);
    Value a = graph.variable("a", square, Initializers.randomUniform(1));
    Value b = graph.variable("b", square, Initializers.randomUniform(1));
    Value product = Nn.matmul(a, b);
    FloatBuffer left = session.read(a).floatBuffer();
    FloatBuffer right = session.read(b).floatBuffer();
    FloatBuffer result = session.run(product).floatBuffer();
    for (int i = 0; i < SIZE; i += SIZE / 8 + 1) {
      double sum = 0;
      for (int k = 0; k < SIZE; k++) {
        sum += (double) left.get(i * SIZE + k) * right.get(k * SIZE + i);
      }
      if (!(Math.abs(sum - result.get(i * SIZE + i)) < 1e-2)) {
        throw new IllegalStateException(
            "product[" + i + "," + i + "] is " + result.get(i * SIZE + i) + ", not " + sum);
      }
    }
    step = session.prepare(List.of(Nn.group(List.of(product))), Map.of());
  }

  /**
   * One product.
   *
   * @return the awaited token
   */
  @Benchmark
  public ByteBuffer multiply() {
    step.run();
    return step.output(0);
  }

  /** Frees the device. */
  @TearDown
  public void close() {
    session.close();
  }
}
