// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.device;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A launch of a kernel of ours.
 *
 * @param name what it is for
 * @param kernel its name in {@code cuda-kernels/src}
 * @param grid blocks
 * @param block threads of a block
 * @param arguments in the order of its parameters
 * @param reached what is done with memory whose addresses stand in a table that it is given
 */
public record KernelStep(
    String name,
    String kernel,
    Grid grid,
    int block,
    List<Argument> arguments,
    List<Access> reached)
    implements Step {
  /**
   * Copies the lists.
   *
   * @param name the component
   * @param kernel the component
   * @param grid the component
   * @param block the component
   * @param arguments the component
   * @param reached the component
   */
  public KernelStep {
    arguments = List.copyOf(arguments);
    reached = List.copyOf(reached);
  }

  @Override
  public String kind() {
    return kernel;
  }

  @Override
  public List<Access> accesses() {
    List<Access> accesses = new ArrayList<>(reached);
    for (Argument argument : arguments) {
      if (argument instanceof Argument.Address address) {
        accesses.add(address.access());
      }
    }
    return accesses;
  }

  @Override
  public String describe() {
    return name + ": " + call();
  }

  /**
   * Writes the launch for people.
   *
   * @return kernel, blocks, threads, arguments
   */
  String call() {
    String values = arguments.stream().map(Argument::describe).collect(Collectors.joining(", "));
    return kernel + " <<<" + grid + ", " + block + ">>> (" + values + ")";
  }
}
