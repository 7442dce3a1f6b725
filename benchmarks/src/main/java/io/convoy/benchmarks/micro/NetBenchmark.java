// SPDX-License-Identifier: Apache-2.0
package io.convoy.benchmarks.micro;

import io.convoy.contest.Batch;
import io.convoy.contest.Check;
import io.convoy.contest.Net;
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

/** One training step or inference pass of a net, from images in host memory on. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class NetBenchmark {
  private static final int DISTINCT_BATCHES = 8;

  /** Which net. */
  @Param("")
  public String net;

  /** What {@code --device} takes. */
  @Param("")
  public String device;

  /** Images a step. */
  @Param("0")
  public int batch;

  private ConvoyEntry entry;
  private List<Batch> data;
  private float[] probabilities;
  private int next;

  /** Builds the net and checks that it learns. */
  @Setup
  public void open() {
    Net which = Net.byName(net);
    entry = new ConvoyEntry(which, device);
    Check.learns("convoy", which, entry);
    data = Batch.draw(which, batch, DISTINCT_BATCHES);
    probabilities = new float[batch * Net.CLASSES];
    entry.infer(data.get(0), probabilities);
    data.get(0).crossEntropy(probabilities); // at this batch size, too, each row is a distribution
  }

  /** One training step. */
  @Benchmark
  public void train() {
    entry.train(data.get(next++ % DISTINCT_BATCHES));
  }

  /**
   * One inference pass.
   *
   * @return what was predicted
   */
  @Benchmark
  public float[] infer() {
    entry.infer(data.get(next++ % DISTINCT_BATCHES), probabilities);
    return probabilities;
  }

  /** Frees the device. */
  @TearDown
  public void close() {
    entry.close();
  }
}
