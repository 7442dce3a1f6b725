// SPDX-License-Identifier: Apache-2.0
package io.convoy.ops;

import io.convoy.tensor.DType;
import io.convoy.tensor.Shape;
import io.convoy.tensor.TensorSpec;
import java.util.List;

/**
 * Combines two tensors element by element. Shapes broadcast as in NumPy: aligned at the innermost
 * axis, an axis of size 1 or a missing one is repeated.
 *
 * <p>Inputs: a and b. Output: of the broadcast shape.
 *
 * @param kind which function
 */
public record Binary(Kind kind) implements Op {
  /** The functions. */
  public enum Kind {
    /** a + b. */
    ADD,
    /** a - b. */
    SUBTRACT,
    /** a b. */
    MULTIPLY,
    /** a / b. */
    DIVIDE,
    /** The larger. */
    MAXIMUM,
    /** The smaller. */
    MINIMUM,
    /** 1 if a &gt;= b, else 0. */
    GREATER_EQUAL
  }

  @Override
  public List<TensorSpec> infer(List<TensorSpec> inputs) {
    Checks.count(inputs, 2);
    DType dtype = Checks.oneFloat(inputs);
    Shape a = inputs.get(0).shape();
    Shape b = inputs.get(1).shape();
    int rank = Math.max(a.rank(), b.rank());
    int[] dims = new int[rank];
    for (int i = 0; i < rank; i++) {
      int da = dimOrOne(a, i - rank + a.rank());
      int db = dimOrOne(b, i - rank + b.rank());
      boolean open = da == Shape.UNKNOWN || db == Shape.UNKNOWN;
      Checks.check(
          da == db || da == 1 || db == 1 || open, "shapes " + a + " and " + b + " don't broadcast");
      if (open) {
        dims[i] = Math.max(da, db) > 1 ? Math.max(da, db) : Shape.UNKNOWN;
      } else {
        dims[i] = da == 1 ? db : da;
      }
    }
    return Checks.of(dtype, dims);
  }

  private static int dimOrOne(Shape shape, int axis) {
    return axis < 0 ? 1 : shape.dim(axis);
  }

  @Override
  public String label() {
    return kind.name();
  }
}
