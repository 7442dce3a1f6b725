// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda;

import io.convoy.backend.PlanCost;
import io.convoy.backend.StepCost;
import io.convoy.compile.LeastWork;
import io.convoy.compile.MemoryPlanner;
import io.convoy.cuda.device.Buffer;
import io.convoy.cuda.device.ConvolutionStep;
import io.convoy.cuda.device.Gpu;
import io.convoy.cuda.device.KernelStep;
import io.convoy.cuda.device.Step;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * A program as steps over one arena, made without a device.
 *
 * @param steps in the order in which they run
 * @param refreshes what makes copies of variables anew, before a run that finds one behind
 * @param use what a run does with variables
 * @param fills what is written once, before the first run
 * @param inputs placeholders, by slot id
 * @param outputs one a fetch, null for a token
 * @param arena the arena's buffers
 * @param bytes size of the arena
 * @param least what the program can't do without
 */
record Plan(
    List<Step> steps,
    List<Step> refreshes,
    VariableUse use,
    List<Fill> fills,
    Map<Integer, Buffer> inputs,
    List<Buffer> outputs,
    List<Buffer> arena,
    long bytes,
    LeastWork least) {
  /**
   * Contents that never change; of addresses they may be made, so they are made once buffers have
   * places.
   *
   * @param buffer where they go
   * @param contents makes them
   */
  record Fill(Buffer buffer, Supplier<ByteBuffer> contents) {}

  /** Gives all buffers of the arena their places. */
  void place(long start) {
    List<MemoryPlanner.Request> requests = arena.stream().map(Buffer::request).toList();
    long[] offsets = MemoryPlanner.plan(requests, Gpu.ALIGNMENT).offsets();
    for (int i = 0; i < offsets.length; i++) {
      arena.get(i).place(start + offsets[i]);
    }
  }

  /** How many launches of kernels of ours a run has. */
  long kernelLaunches() {
    return steps.stream().filter(KernelStep.class::isInstance).count();
  }

  /** What a run moves and computes, at most: as if kernels followed convolutions where they may. */
  PlanCost cost() {
    return new PlanCost(steps.stream().map(Plan::cost).toList(), least);
  }

  private static StepCost cost(Step step) {
    return new StepCost(step.kind(), 1, step.readBytes(), step.writtenBytes(), step.flops());
  }

  /**
   * How many convolutions have an epilogue: behind each may be one more launch of such a kernel.
   */
  private long epilogues() {
    return steps.stream()
        .filter(s -> s instanceof ConvolutionStep c && c.epilogue().isPresent())
        .count();
  }

  /**
   * The steps for people, what refreshes copies of variables, then what each kind of step moves.
   *
   * @param choice what a library chose for a step, or empty
   */
  String describe(IntFunction<String> choice) {
    StringBuilder text = new StringBuilder();
    for (int at = 0; at < steps.size(); at++) {
      String chosen = choice.apply(at);
      text.append(steps.get(at).describe());
      text.append(chosen.isEmpty() ? "" : "; " + chosen).append('\n');
    }
    refreshes.forEach(
        step -> text.append("if variables were changed, ").append(step.describe()).append('\n'));
    text.append(cost().describe());
    text.append("kernels ").append(kernelLaunches());
    text.append(epilogues() == 0 ? "" : " and up to " + epilogues() + " behind convolutions");
    text.append(", steps ").append(steps.size());
    return text.append(", memory ").append(bytes).append(" B\n").toString();
  }
}
