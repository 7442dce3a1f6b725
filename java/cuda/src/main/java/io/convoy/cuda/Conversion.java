// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda;

import static io.convoy.cuda.device.Argument.of;
import static io.convoy.cuda.device.Argument.to;

import io.convoy.cuda.device.Grid;
import io.convoy.cuda.device.KernelStep;
import java.util.List;

/** Copies of tensors in another order of their elements, of another type, or both. */
final class Conversion {
  /** Side of the squares that are turned: TILE in copy.cu. */
  private static final long TILE = 32;

  /** Elements that a thread casts at once. */
  private static final int CAST_PACK = 8;

  private Conversion() {}

  /**
   * The launch that converts a tensor.
   *
   * @param name what it is for
   * @param to of the same shape
   */
  static KernelStep step(String name, Operand from, Operand to) {
    return from.liesIn(to.order()) ? cast(name, from, to) : transpose(name, from, to);
  }

  private static KernelStep cast(String name, Operand from, Operand to) {
    long n = from.elements();
    return new KernelStep(
        name,
        "cast_forward_" + from.type() + "_" + to.type(),
        Grid.of(Site.ceil(n, (long) Site.BLOCK * CAST_PACK)),
        Site.BLOCK,
        List.of(of(from.buffer()), to(to.buffer()), of(n)),
        List.of());
  }

  private static KernelStep transpose(String name, Operand from, Operand to) {
    boolean cast = from.width() != to.width();
    boolean turned = from.order() == Order.FILTER;
    long rows = turned ? from.channels() : from.rows();
    long columns = turned ? from.rows() : from.channels();
    return new KernelStep(
        name,
        "transpose_forward_" + (cast ? from.type() + "_" + to.type() : Layout.bits(from)),
        Grid.of(Site.ceil(rows, TILE) * Site.ceil(columns, TILE)),
        Site.BLOCK,
        List.of(of(from.buffer()), to(to.buffer()), of(1L), of(rows), of(columns)),
        List.of());
  }
}
