// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda;

import static io.convoy.cuda.device.Argument.of;

import io.convoy.cuda.device.Grid;
import io.convoy.cuda.device.KernelStep;
import java.util.List;

/** Copies of tensors whose elements follow each other in another order. */
final class Reorder {
  /** Side of the squares that are turned: TILE in copy.cu. */
  private static final long TILE = 32;

  private Reorder() {}

  /**
   * The launch that copies a tensor.
   *
   * @param name what it is for
   * @param to of the same type and shape, in the other order
   */
  static KernelStep step(String name, Operand from, Operand to) {
    long filters = from.filters();
    long taps = from.elements() / filters;
    boolean turns = from.order() == Order.FILTER;
    long rows = turns ? filters : taps;
    long columns = turns ? taps : filters;
    return new KernelStep(
        name,
        "transpose_forward_" + Layout.bits(from),
        Grid.of(Site.ceil(rows, TILE) * Site.ceil(columns, TILE)),
        Site.BLOCK,
        List.of(of(from.buffer()), of(to.buffer()), of(1L), of(rows), of(columns)),
        List.of());
  }
}
