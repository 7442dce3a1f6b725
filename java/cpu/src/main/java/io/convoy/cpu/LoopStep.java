// SPDX-License-Identifier: Apache-2.0
package io.convoy.cpu;

import io.convoy.backend.Resources;
import java.util.List;
import java.util.stream.Collectors;

/** A loop of ours. */
final class LoopStep implements Step, Workers.Task {
  /** What the loop does. */
  interface Kernel {
    /**
     * Does an item.
     *
     * @param memory the operands' memory, in order
     * @param item which part of the work, from 0
     * @param worker which thread does it, from 0; each may have working memory of its own
     */
    void run(Memory[] memory, int item, int worker);
  }

  private final String name;
  private final Workers workers;
  private final int items;
  private final Kernel kernel;
  private final List<Operand> operands;
  private Memory[] memory;

  LoopStep(String name, Workers workers, int items, Kernel kernel, List<Operand> operands) {
    this.name = name;
    this.workers = workers;
    this.items = items;
    this.kernel = kernel;
    this.operands = List.copyOf(operands);
  }

  @Override
  public List<Buffer> buffers() {
    return operands.stream().map(Operand::buffer).toList();
  }

  @Override
  public void bind(Resources owner) {
    memory = operands.stream().map(o -> Memory.of(o.buffer())).toArray(Memory[]::new);
  }

  @Override
  public void run() {
    workers.run(this, items);
  }

  @Override
  public void run(int item, int worker) {
    kernel.run(memory, item, worker);
  }

  @Override
  public String describe() {
    return name
        + ": java loop of "
        + items
        + "\n    "
        + operands.stream()
            .map(o -> o.spec() + " " + o.spec().bytes() + " B")
            .collect(Collectors.joining(", "));
  }
}
