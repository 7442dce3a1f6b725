// SPDX-License-Identifier: Apache-2.0
package io.convoy.ops;

import io.convoy.tensor.DType;
import io.convoy.tensor.Shape;
import io.convoy.tensor.TensorSpec;
import java.util.List;

/**
 * Makes of the class of each row a row that is 1 there and 0 elsewhere.
 *
 * <p>Input: INT32 {@code [N]}, the classes, one outside 0 to C-1 making a row of zeros; or FLOAT32
 * {@code [N,C]}, whose largest element is meant, the first of equals, where NaN counts as smaller
 * than any number. Output: FLOAT32 {@code [N,C]}. It has no gradient.
 *
 * @param classes C, at least 1
 */
public record OneHot(int classes) implements Op {
  /**
   * Checks the number of classes.
   *
   * @param classes the component
   */
  public OneHot {
    Checks.check(classes >= 1, "one-hot rows want at least 1 class, got " + classes);
  }

  @Override
  public List<TensorSpec> infer(List<TensorSpec> inputs) {
    Checks.count(inputs, 1);
    TensorSpec labels = inputs.get(0);
    Shape shape = labels.shape();
    boolean sparse = labels.dtype() == DType.INT32 && shape.rank() == 1;
    boolean dense = labels.dtype() == DType.FLOAT32 && shape.rank() == 2 && shape.dim(1) == classes;
    Checks.check(sparse || dense, "wants INT32 [N] or FLOAT32 [N," + classes + "], got " + labels);
    return Checks.f32(shape.dim(0), classes);
  }
}
