// SPDX-License-Identifier: Apache-2.0
package io.convoy.benchmarks.micro;

import io.convoy.data.DataSplits;
import io.convoy.data.Dataset;
import io.convoy.data.Mnist;
import io.convoy.data.Shuffle;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The input pipeline on MNIST, on one thread. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class InputBenchmark {
  /** Images that one call of {@link #decode} unpacks. */
  public static final int IMAGES = 60_000;

  /** Images that one call of {@link #batch} copies. */
  public static final int BATCH = 128;

  private final FloatBuffer features =
      ByteBuffer.allocateDirect(4 * BATCH * 28 * 28).order(ByteOrder.nativeOrder()).asFloatBuffer();
  private final IntBuffer labels = IntBuffer.allocate(BATCH);
  private final Shuffle shuffle = new Shuffle(1);
  private Dataset data;
  private int[] order;
  private int at;
  private int epoch;

  /**
   * Loads the set and checks a batch: pixels in [0, 1], not all equal, labels of all classes.
   *
   * @throws IOException if it can't be read
   */
  @Setup
  public void load() throws IOException {
    data = Mnist.load().train();
    order = new int[data.size()];
    at = order.length;
    batch();
    float least = 1;
    float most = 0;
    for (int i = 0; i < features.capacity(); i++) {
      least = Math.min(least, features.get(i));
      most = Math.max(most, features.get(i));
    }
    long classes = Arrays.stream(labels.array()).distinct().count();
    if (data.size() != IMAGES || least != 0 || most != 1 || classes != data.classes()) {
      throw new IllegalStateException(
          data.size()
              + " images, pixels from "
              + least
              + " to "
              + most
              + ", "
              + classes
              + " classes in a batch");
    }
  }

  /**
   * Unpacks and checks the training images and labels.
   *
   * @return the sets
   * @throws IOException if they can't be read
   */
  @Benchmark
  public DataSplits decode() throws IOException {
    return Mnist.load();
  }

  /**
   * Takes the next batch of a shuffled epoch, bytes to floats; a new epoch is shuffled anew.
   *
   * @return the images
   */
  @Benchmark
  public FloatBuffer batch() {
    if (at + BATCH > order.length) {
      shuffle.permute(order, epoch++);
      at = 0;
    }
    data.copy(order, at, BATCH, features, labels);
    at += BATCH;
    return features;
  }
}
