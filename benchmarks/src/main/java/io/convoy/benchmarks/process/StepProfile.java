// SPDX-License-Identifier: Apache-2.0
package io.convoy.benchmarks.process;

import io.convoy.backend.PlanCost;
import io.convoy.backend.StepCost;
import io.convoy.backend.StepTime;
import io.convoy.benchmarks.report.Samples;
import io.convoy.session.Step;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a step costs on a device: counted by its plan, timed step by step by the device's clock.
 *
 * @param launches steps of the plan: kernels of ours, calls of libraries, copies
 * @param movedBytes bytes that these read and write
 * @param leastBytes bytes that no plan can do without, see {@link io.convoy.compile.LeastWork}
 * @param flops arithmetic of convolutions and matrix products
 * @param nanos all steps together
 * @param largest the kinds of steps that take most time, the longest first
 */
public record StepProfile(
    int launches, long movedBytes, long leastBytes, long flops, double nanos, List<Kind> largest) {
  private static final int WARM_UP = 5;
  private static final int SAMPLES = 20;
  private static final int SHOWN = 3;

  /**
   * Steps of one kind.
   *
   * @param name such as a kernel's
   * @param nanos all of them together
   */
  public record Kind(String name, double nanos) {}

  /**
   * Measures.
   *
   * @param step filled with what it is to compute
   * @return medians over some runs
   * @throws IllegalStateException if the device does not count
   */
  static StepProfile of(Step step) {
    PlanCost cost =
        step.cost().orElseThrow(() -> new IllegalStateException("the device counts no costs"));
    for (int i = 0; i < WARM_UP; i++) {
      step.run();
    }
    long[][] runs = new long[SAMPLES][];
    for (int i = 0; i < SAMPLES; i++) {
      runs[i] = step.profile().stream().mapToLong(StepTime::nanos).toArray();
    }
    return of(cost, runs);
  }

  /**
   * Sums up.
   *
   * @param cost the plan's
   * @param runs nanoseconds of each of its steps, in some runs
   * @return the profile, with the median of each step's times
   */
  static StepProfile of(PlanCost cost, long[][] runs) {
    Map<String, Double> kinds = new LinkedHashMap<>();
    double all = 0;
    for (int at = 0; at < cost.steps().size(); at++) {
      double[] times = new double[runs.length];
      for (int run = 0; run < runs.length; run++) {
        times[run] = runs[run][at];
      }
      double median = Samples.median(times);
      all += median;
      kinds.merge(cost.steps().get(at).kind(), median, Double::sum);
    }
    List<Kind> largest = new ArrayList<>();
    kinds.forEach((name, nanos) -> largest.add(new Kind(name, nanos)));
    largest.sort(Comparator.comparingDouble(Kind::nanos).reversed());
    StepCost total = cost.total();
    return new StepProfile(
        total.steps(),
        total.bytes(),
        cost.least().bytes(),
        total.flops(),
        all,
        List.copyOf(largest.subList(0, Math.min(SHOWN, largest.size()))));
  }
}
