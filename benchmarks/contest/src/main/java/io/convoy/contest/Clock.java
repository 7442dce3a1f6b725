// SPDX-License-Identifier: Apache-2.0
package io.convoy.contest;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * Times steps: half the time to warm up, then samples of many steps each.
 *
 * @param seconds how long is measured
 */
record Clock(double seconds) {
  private static final int SAMPLES = 10;

  /** Slow nets on slow frameworks get fewer samples, but never fewer than this. */
  private static final int LEAST = 3;

  private static final double NANO = 1e-9;

  /** Images a second, one number a sample; the step gets a running number. */
  double[] rates(int images, IntConsumer step) {
    int steps = 0;
    long start = System.nanoTime();
    do {
      step.accept(steps++);
    } while ((System.nanoTime() - start) * NANO < seconds / 2);
    double each = (System.nanoTime() - start) * NANO / steps;
    int perSample = (int) Math.max(1, Math.round(seconds / SAMPLES / each));
    List<Double> rates = new ArrayList<>();
    long begin = System.nanoTime();
    while (rates.size() < LEAST || (System.nanoTime() - begin) * NANO < seconds) {
      long from = System.nanoTime();
      for (int i = 0; i < perSample; i++) {
        step.accept(steps++);
      }
      rates.add(images * perSample / ((System.nanoTime() - from) * NANO));
    }
    return rates.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
