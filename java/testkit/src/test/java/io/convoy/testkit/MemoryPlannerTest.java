// SPDX-License-Identifier: Apache-2.0
package io.convoy.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.compile.MemoryPlanner;
import io.convoy.compile.MemoryPlanner.Layout;
import io.convoy.compile.MemoryPlanner.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MemoryPlannerTest {
  private static final int ALIGNMENT = 64;
  private static final int STEPS = 30;

  @Test
  void buffersThatLiveTogetherNeverOverlap() {
    for (int round = 0; round < 300; round++) {
      Draws draws = new Draws(Seed.value(), "memory".hashCode(), round);
      List<Request> requests = new ArrayList<>();
      for (int i = draws.below(40); i >= 0; i--) {
        int first = draws.below(STEPS);
        int last = first + draws.below(STEPS - first);
        requests.add(new Request(draws.below(5) == 0 ? 0 : draws.below(2000), first, last));
      }
      check(requests, MemoryPlanner.plan(requests, ALIGNMENT));
    }
  }

  private static void check(List<Request> requests, Layout layout) {
    assertEquals(0, layout.bytes() % ALIGNMENT);
    for (int i = 0; i < requests.size(); i++) {
      long begin = layout.offsets()[i];
      assertEquals(0, begin % ALIGNMENT);
      assertTrue(begin >= 0 && end(requests, layout, i) <= layout.bytes());
      for (int j = 0; j < i; j++) {
        boolean apart =
            end(requests, layout, i) <= layout.offsets()[j]
                || end(requests, layout, j) <= layout.offsets()[i]
                || requests.get(i).bytes() == 0
                || requests.get(j).bytes() == 0;
        String pair = requests.get(i) + " and " + requests.get(j) + " overlap";
        assertTrue(apart || !liveTogether(requests.get(i), requests.get(j)), pair);
      }
    }
  }

  private static long end(List<Request> requests, Layout layout, int i) {
    return layout.offsets()[i] + requests.get(i).bytes();
  }

  /** Step by step, not by the planner's own formula. */
  private static boolean liveTogether(Request a, Request b) {
    return IntStream.range(0, STEPS)
        .anyMatch(t -> a.first() <= t && t <= a.last() && b.first() <= t && t <= b.last());
  }

  @Test
  void memoryIsUsedAgain() {
    List<Request> chain = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      chain.add(new Request(1024, i, i + 1));
    }
    // Two live at a time.
    assertEquals(2048, MemoryPlanner.plan(chain, ALIGNMENT).bytes());
  }

  @Test
  void aSmallBufferGoesIntoAGap() {
    List<Request> requests =
        List.of(
            new Request(1024, 0, 9),
            new Request(512, 0, 0),
            new Request(256, 0, 9),
            new Request(64, 5, 9));
    Layout layout = MemoryPlanner.plan(requests, ALIGNMENT);
    assertEquals(1024, layout.offsets()[3]); // where the second was
    assertEquals(1024 + 512 + 256, layout.bytes());
  }

  @Test
  void nothingAndImpossible() {
    assertEquals(0, MemoryPlanner.plan(List.of(), ALIGNMENT).bytes());
    assertThrows(IllegalArgumentException.class, () -> new Request(1, 3, 2));
    List<Request> huge = List.of(new Request(Long.MAX_VALUE - 100, 0, 1), new Request(200, 0, 1));
    assertThrows(ArithmeticException.class, () -> MemoryPlanner.plan(huge, ALIGNMENT));
    assertTrue(MemoryPlanner.plan(List.of(new Request(1, 0, 0)), ALIGNMENT).bytes() >= 1);
  }
}
