// SPDX-License-Identifier: Apache-2.0
package io.convoy.compile;

import io.convoy.ops.Constant;
import io.convoy.ops.Op;
import io.convoy.ops.Placeholder;
import io.convoy.ops.Variable;
import io.convoy.tensor.TensorSpec;
import java.util.Optional;

/**
 * A tensor of a {@link Program}.
 *
 * @param id its index in {@link Program#slots()}
 * @param name the name of the graph's value
 * @param spec type and shape, without an open dimension
 * @param container the constant, variable or placeholder it is, or empty if an instruction makes it
 */
public record Slot(int id, String name, TensorSpec spec, Optional<Op> container) {
  /**
   * Tells whether it is a constant.
   *
   * @return true if its container is a {@link Constant}
   */
  public boolean isConstant() {
    return container.isPresent() && container.get() instanceof Constant;
  }

  /**
   * Tells whether it is a variable.
   *
   * @return true if its container is a {@link Variable}
   */
  public boolean isVariable() {
    return container.isPresent() && container.get() instanceof Variable;
  }

  /**
   * Tells whether it is a placeholder.
   *
   * @return true if its container is a {@link Placeholder}
   */
  public boolean isPlaceholder() {
    return container.isPresent() && container.get() instanceof Placeholder;
  }

  /**
   * Tells whether it lives inside a run.
   *
   * @return true if an instruction makes it
   */
  public boolean isTemporary() {
    return container.isEmpty();
  }
}
