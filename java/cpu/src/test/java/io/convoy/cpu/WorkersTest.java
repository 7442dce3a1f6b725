// SPDX-License-Identifier: Apache-2.0
package io.convoy.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

/** Threads that share loops. */
class WorkersTest {
  @Test
  void everyItemIsDoneOnce() {
    try (Workers workers = new Workers(3)) {
      for (int round = 0; round < 2000; round++) {
        int count = 1 + round % 50;
        AtomicIntegerArray done = new AtomicIntegerArray(50);
        workers.run(
            (item, worker) -> {
              assertTrue(worker < workers.count());
              done.incrementAndGet(item);
            },
            count);
        for (int item = 0; item < 50; item++) {
          assertEquals(item < count ? 1 : 0, done.get(item), "round " + round + ", item " + item);
        }
      }
    }
  }

  @Test
  void aFailureReachesTheCallerOnce() {
    try (Workers workers = new Workers(2)) {
      Workers.Task bad =
          (item, worker) -> {
            if (item == 7) {
              throw new IllegalArgumentException("item 7");
            }
          };
      IllegalStateException e =
          assertThrows(IllegalStateException.class, () -> workers.run(bad, 20));
      assertTrue(e.getMessage().contains("item 7"), e.getMessage());
      workers.run((item, worker) -> {}, 20);
    }
  }
}
