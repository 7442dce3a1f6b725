// SPDX-License-Identifier: Apache-2.0
package io.convoy.backend;

import io.convoy.compile.LeastWork;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a run of a plan moves and computes, beside what its program can't do without.
 *
 * @param steps one cost a step, in the order in which they run
 * @param least of the program
 */
public record PlanCost(List<StepCost> steps, LeastWork least) {
  /**
   * Copies the list.
   *
   * @param steps the component
   * @param least the component
   */
  public PlanCost {
    steps = List.copyOf(steps);
  }

  /**
   * Adds all steps up.
   *
   * @return their cost
   */
  public StepCost total() {
    return steps.stream().reduce(new StepCost("all steps", 0, 0, 0, 0), StepCost::plus);
  }

  /**
   * Sets what is moved beside what must be.
   *
   * @return how many times the least the plan moves; NaN if nothing must be
   */
  public double timesTheLeast() {
    return least.bytes() == 0 ? Double.NaN : (double) total().bytes() / least.bytes();
  }

  /**
   * Adds steps of a kind up.
   *
   * @return a cost a kind, what moves most first
   */
  public List<StepCost> kinds() {
    Map<String, StepCost> kinds = new LinkedHashMap<>();
    steps.forEach(step -> kinds.merge(step.kind(), step, StepCost::plus));
    return kinds.values().stream()
        .sorted(Comparator.comparingLong(StepCost::bytes).reversed())
        .toList();
  }

  /**
   * Writes the report: a line a kind, what moves most first, then the total beside the least.
   *
   * @return lines, each ended
   */
  public String describe() {
    StringBuilder text = new StringBuilder();
    kinds().forEach(kind -> text.append(line(kind)).append('\n'));
    text.append(line(total()));
    text.append(", least ").append(least.bytes()).append(" B");
    if (least.bytes() > 0) {
      text.append(String.format(Locale.ROOT, ", moves %.2f times that", timesTheLeast()));
    }
    return text.append('\n').toString();
  }

  private static String line(StepCost cost) {
    return "%s: %d, reads %d B, writes %d B"
            .formatted(cost.kind(), cost.steps(), cost.readBytes(), cost.writtenBytes())
        + (cost.flops() == 0 ? "" : ", %d FLOP".formatted(cost.flops()));
  }
}
