// SPDX-License-Identifier: Apache-2.0
package io.convoy.benchmarks.process;

import com.sun.management.ThreadMXBean;
import io.convoy.benchmarks.micro.ConvoyEntry;
import io.convoy.contest.Batch;
import io.convoy.contest.Net;
import java.lang.management.ManagementFactory;

/**
 * A fresh JVM's first training step, and then how many heap bytes each further step takes. Prints
 * {@value #DONE} when the step is done, and {@value #BYTES} with the bytes a step.
 */
public final class FirstStep {
  /** What is printed behind the first step. */
  public static final String DONE = "first step";

  /** What is printed before the heap bytes of a step. */
  public static final String BYTES = "bytes ";

  /** Small, since what a step allocates does not depend on it. */
  private static final int HEAP_BATCH = 8;

  private static final int WARM_UP = 20;
  private static final int STEPS = 100;

  private FirstStep() {}

  /**
   * Trains.
   *
   * @param args net, device, and whether to go on and count heap bytes
   */
  public static void main(String[] args) {
    Net net = Net.byName(args[0]);
    try (ConvoyEntry entry = new ConvoyEntry(net, args[1])) {
      entry.train(Batch.draw(net, net.batch(), 1).get(0));
      System.out.println(DONE);
      if (Boolean.parseBoolean(args[2])) {
        System.out.println(BYTES + bytesPerStep(entry, Batch.draw(net, HEAP_BATCH, 1).get(0)));
      }
    }
  }

  private static double bytesPerStep(ConvoyEntry entry, Batch batch) {
    for (int i = 0; i < WARM_UP; i++) {
      entry.train(batch);
    }
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < STEPS; i++) {
      entry.train(batch);
    }
    return (double) (threads.getCurrentThreadAllocatedBytes() - before) / STEPS;
  }
}
