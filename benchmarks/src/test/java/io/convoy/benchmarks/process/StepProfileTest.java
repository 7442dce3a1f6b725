// SPDX-License-Identifier: Apache-2.0
package io.convoy.benchmarks.process;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.convoy.backend.PlanCost;
import io.convoy.backend.StepCost;
import io.convoy.compile.LeastWork;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Times of steps, brought together with what they move. */
class StepProfileTest {
  @Test
  void takesMediansAndTheThreeLargestKinds() {
    PlanCost cost =
        new PlanCost(
            List.of(step("a"), step("b"), step("c"), step("d"), step("a")),
            new LeastWork(20, 10, 5));
    long[][] runs = {{30, 40, 1, 2, 30}, {31, 99, 1, 2, 29}, {29, 41, 1, 2, 31}};
    List<StepProfile.Kind> largest =
        List.of(
            new StepProfile.Kind("a", 60),
            new StepProfile.Kind("b", 41),
            new StepProfile.Kind("d", 2));
    assertEquals(new StepProfile(5, 50, 30, 15, 104, largest), StepProfile.of(cost, runs));
  }

  private static StepCost step(String kind) {
    return new StepCost(kind, 1, 4, 6, 3);
  }
}
