// SPDX-License-Identifier: Apache-2.0
package io.convoy.benchmarks.micro;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The host's memory ceiling: each thread copies a block of its own that no cache holds. Bytes are
 * counted as read and written.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CopyBenchmark {
  /** Bytes each thread copies. */
  public static final int BLOCK = 1 << 28;

  private final ByteBuffer from = ByteBuffer.allocateDirect(BLOCK);
  private final ByteBuffer to = ByteBuffer.allocateDirect(BLOCK);

  /** Touches all pages and checks that a copy arrives. */
  @Setup
  public void fill() {
    for (int i = 0; i < BLOCK; i += Integer.BYTES) {
      from.putInt(i, i);
    }
    if (copy().mismatch(from) != -1) {
      throw new IllegalStateException("the copy differs");
    }
  }

  /**
   * One copy.
   *
   * @return where it went
   */
  @Benchmark
  public ByteBuffer copy() {
    return to.put(0, from, 0, BLOCK);
  }
}
