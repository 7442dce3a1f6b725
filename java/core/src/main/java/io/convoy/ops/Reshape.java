// SPDX-License-Identifier: Apache-2.0
package io.convoy.ops;

import io.convoy.tensor.Shape;
import io.convoy.tensor.TensorSpec;
import java.util.List;

/**
 * The same elements in the same row-major order under another shape.
 *
 * <p>Input: x. Output: of the shape, whose open first dimension, if any, is worked out.
 *
 * @param shape the new shape; its first dimension may be open
 */
public record Reshape(Shape shape) implements Op {
  @Override
  public List<TensorSpec> infer(List<TensorSpec> inputs) {
    Checks.count(inputs, 1);
    TensorSpec x = inputs.get(0);
    if (!x.shape().isKnown()) {
      int row = x.shape().elementsPerRow();
      Checks.check(
          !shape.isKnown() && (row == shape.elementsPerRow() || row % rowOr1() == 0),
          x.shape() + " can't become " + shape + " for every batch size");
      return List.of(new TensorSpec(x.dtype(), shape));
    }
    long elements = x.shape().elements();
    Shape out = shape;
    if (!shape.isKnown()) {
      Checks.check(elements % rowOr1() == 0, x.shape() + " can't be divided into rows of " + shape);
      out = shape.withBatch(Math.toIntExact(elements / rowOr1()));
    }
    Checks.check(
        out.elements() == elements,
        x.shape() + " has " + elements + " elements, " + out + " has " + out.elements());
    return List.of(new TensorSpec(x.dtype(), out));
  }

  private int rowOr1() {
    return Math.max(1, shape.elementsPerRow());
  }

  @Override
  public String label() {
    return "Reshape " + shape;
  }
}
