// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda;

import static io.convoy.cuda.device.Argument.of;
import static io.convoy.cuda.device.Argument.to;

import io.convoy.ops.Binary;
import io.convoy.tensor.Shape;

/** Functions of two tensors, broadcast as in NumPy. */
final class Binaries {
  private Binaries() {}

  static void combine(Binary op, Site site) {
    Order order = site.elementwise();
    Operand a = site.in(0, order);
    Operand b = site.in(1, order);
    site.reuse(0, 0);
    Operand y = site.out(0, order);
    Shape whole = y.shape();
    int rank = whole.rank();
    Walk walk =
        Broadcast.over(whole, Broadcast.align(a.shape(), rank), Broadcast.align(b.shape(), rank));
    site.kernel(
        "binary_forward_" + y.type(),
        y.packs(),
        of(a.buffer()),
        of(b.buffer()),
        to(y.buffer()),
        of(y.elements()),
        of(site.table(walk.table(2))),
        of(walk.rank()),
        of(op.kind().ordinal()));
  }
}
