// SPDX-License-Identifier: Apache-2.0
package io.convoy.tensorboard;

import io.convoy.files.ProtocolBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.stream.DoubleStream;

/**
 * Makes {@code HistogramProto} (tensorflow/core/framework/summary.proto), with the buckets of
 * tensorflow/core/lib/histogram/histogram.cc: limits that grow by a tenth from 1e-12 to 1e20, their
 * negatives, 0, and the largest double on both sides. A bucket holds the values from the limit
 * before its own to below its own; neighbours without any are one.
 */
final class Histogram {
  private static final int MIN = 1;
  private static final int MAX = 2;
  private static final int NUM = 3;
  private static final int SUM = 4;
  private static final int SUM_SQUARES = 5;
  private static final int BUCKET_LIMIT = 6;
  private static final int BUCKET = 7;

  private static final double[] LIMITS = limits();

  private final double[] counts = new double[LIMITS.length];
  private double min = Double.MAX_VALUE;
  private double max = -Double.MAX_VALUE;
  private double sum;
  private double sumSquares;

  private Histogram() {}

  private static double[] limits() {
    double[] positive =
        DoubleStream.concat(
                DoubleStream.iterate(1e-12, v -> v < 1e20, v -> v * 1.1),
                DoubleStream.of(Double.MAX_VALUE))
            .toArray();
    return DoubleStream.concat(
            DoubleStream.concat(Arrays.stream(positive).map(v -> -v), DoubleStream.of(0)),
            Arrays.stream(positive))
        .sorted()
        .toArray();
  }

  /**
   * Counts values.
   *
   * @param name whose they are, for errors
   * @throws IllegalArgumentException if one is infinite or NaN
   */
  static ProtocolBuffer of(String name, FloatBuffer values) {
    Histogram histogram = new Histogram();
    for (int i = 0; i < values.capacity(); i++) {
      float value = values.get(i);
      if (!Float.isFinite(value)) {
        throw new IllegalArgumentException(
            "'" + name + "' has no histogram: its element " + i + " is " + value);
      }
      histogram.add(value);
    }
    return histogram.message(values.capacity());
  }

  private void add(double value) {
    int at = Arrays.binarySearch(LIMITS, value + 0.0); // which makes a -0 a 0
    counts[at < 0 ? -at - 1 : at + 1]++;
    min = Math.min(min, value);
    max = Math.max(max, value);
    sum += value;
    sumSquares += value * value;
  }

  private ProtocolBuffer message(int num) {
    double[] limits = new double[LIMITS.length];
    double[] buckets = new double[LIMITS.length];
    int used = 0;
    for (int i = 0; i < LIMITS.length; i++) {
      if (used == 0 || counts[i] > 0 || buckets[used - 1] > 0) {
        used++;
      }
      limits[used - 1] = LIMITS[i];
      buckets[used - 1] = counts[i];
    }
    return new ProtocolBuffer()
        .float64(MIN, min)
        .float64(MAX, max)
        .float64(NUM, num)
        .float64(SUM, sum)
        .float64(SUM_SQUARES, sumSquares)
        .doubles(BUCKET_LIMIT, Arrays.copyOf(limits, used))
        .doubles(BUCKET, Arrays.copyOf(buckets, used));
  }
}
