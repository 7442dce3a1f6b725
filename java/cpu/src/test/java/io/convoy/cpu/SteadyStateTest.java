// SPDX-License-Identifier: Apache-2.0
package io.convoy.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.convoy.session.Session;
import io.convoy.session.Step;
import java.lang.management.ManagementFactory;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What a step costs once it has run. */
class SteadyStateTest {
  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @Test
  void hundredTrainingStepsAllocateNothing() {
    SmallNet net = new SmallNet();
    try (Session session = new Session(net.graph, SmallNet.backend())) {
      Step step = net.training(session);
      // The JIT compiler allocates a few hundred bytes on the caller's account when it links a
      // method that it has compiled; a step that allocated would do so in every window.
      long fewest =
          LongStream.range(0, 20).map(window -> allocatedBy(step, 100)).skip(1).min().getAsLong();
      assertEquals(0, fewest);
    }
  }

  private long allocatedBy(Step step, int steps) {
    long[] ids =
        Thread.getAllStackTraces().keySet().stream()
            .filter(t -> t == Thread.currentThread() || t.getName().startsWith("convoy-cpu-"))
            .mapToLong(Thread::getId)
            .toArray();
    long before = LongStream.of(threads.getThreadAllocatedBytes(ids)).sum();
    long own = LongStream.of(threads.getThreadAllocatedBytes(ids)).sum() - before;
    before = LongStream.of(threads.getThreadAllocatedBytes(ids)).sum();
    for (int i = 0; i < steps; i++) {
      step.run();
    }
    return LongStream.of(threads.getThreadAllocatedBytes(ids)).sum() - before - own;
  }

  @Test
  void trainingLowersTheLoss() {
    SmallNet net = new SmallNet();
    try (Session session = new Session(net.graph, SmallNet.backend())) {
      Step step = net.training(session);
      step.run();
      float first = step.output(1).getFloat(0);
      for (int i = 0; i < 200; i++) {
        step.run();
      }
      float last = step.output(1).getFloat(0);
      assertTrue(last < first / 2, first + " to " + last);
    }
  }

  @Test
  void equalRunsGiveEqualBits() {
    assertEquals(lossAfter(50), lossAfter(50));
  }

  private static float lossAfter(int steps) {
    SmallNet net = new SmallNet();
    try (Session session = new Session(net.graph, SmallNet.backend())) {
      Step step = net.training(session);
      for (int i = 0; i < steps; i++) {
        step.run();
      }
      return step.output(1).getFloat(0);
    }
  }
}
