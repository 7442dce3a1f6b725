// SPDX-License-Identifier: Apache-2.0
package io.convoy.cpu;

import io.convoy.ops.Concat;
import io.convoy.ops.Pad;
import io.convoy.ops.Reshape;
import io.convoy.ops.Reverse;
import io.convoy.ops.Slice;
import io.convoy.tensor.Shape;

/** Ops that move elements: copies of boxes, of tensors seen as [outer, axis, inner]. */
final class Layout {
  private static final int AXIS = 1;

  private Layout() {}

  static void reshape(Reshape op, Site site) {
    if (!site.alias(0, 0)) {
      int bytes = Math.toIntExact(site.in(0).spec().bytes());
      site.loop(
          1,
          (memory, item, worker) -> memory[1].bytes().put(0, memory[0].bytes(), 0, bytes),
          site.in(0),
          site.out(0));
    }
  }

  static void concat(Concat op, Site site) {
    long[] whole = split(site.outSpec(0).shape(), op.axis());
    MemoryDesc to = MemoryDesc.rowMajor(site.owner(), whole);
    long begin = 0;
    for (Operand part : site.ins()) {
      long[] dims = split(part.shape(), op.axis());
      MemoryDesc from = MemoryDesc.rowMajor(site.owner(), dims);
      MemoryDesc box = to.box(site.owner(), dims, new long[] {0, begin, 0});
      site.copy(part.buffer(), from, site.out(0).buffer(), box);
      begin += dims[AXIS];
    }
  }

  static void slice(Slice op, Site site) {
    long[] dims = split(site.outSpec(0).shape(), op.axis());
    MemoryDesc box =
        MemoryDesc.rowMajor(site.owner(), split(site.in(0).shape(), op.axis()))
            .box(site.owner(), dims, new long[] {0, op.begin(), 0});
    site.copy(
        site.in(0).buffer(), box, site.out(0).buffer(), MemoryDesc.rowMajor(site.owner(), dims));
  }

  static void pad(Pad op, Site site) {
    long[] dims = split(site.in(0).shape(), op.axis());
    long[] whole = split(site.outSpec(0).shape(), op.axis());
    MemoryDesc to = MemoryDesc.rowMajor(site.owner(), whole);
    zero(to, whole, 0, op.before(), site);
    zero(to, whole, op.before() + dims[AXIS], op.after(), site);
    MemoryDesc box = to.box(site.owner(), dims, new long[] {0, op.before(), 0});
    site.copy(
        site.in(0).buffer(), MemoryDesc.rowMajor(site.owner(), dims), site.out(0).buffer(), box);
  }

  static void reverse(Reverse op, Site site) {
    Operand x = site.in(0);
    int batch = x.shape().dim(0);
    int row = Math.toIntExact(x.spec().bytes() / batch);
    site.loop(
        batch,
        (memory, n, worker) ->
            memory[1].bytes().put(n * row, memory[0].bytes(), (batch - 1 - n) * row, row),
        x,
        site.out(0));
  }

  /** Writes zeros, as a vector that is repeated: all strides of its layout are 0. */
  private static void zero(MemoryDesc to, long[] whole, long begin, long length, Site site) {
    if (length == 0) {
      return;
    }
    long[] dims = {whole[0], length, whole[2]};
    Operand zeros = site.filled(0, Math.toIntExact(length * whole[2]));
    MemoryDesc from = MemoryDesc.strided(site.owner(), dims, new long[] {0, whole[2], 1});
    site.copy(
        zeros.buffer(),
        from,
        site.out(0).buffer(),
        to.box(site.owner(), dims, new long[] {0, begin, 0}));
  }

  private static long[] split(Shape shape, int axis) {
    long outer = 1;
    long inner = 1;
    for (int i = 0; i < shape.rank(); i++) {
      outer *= i < axis ? shape.dim(i) : 1;
      inner *= i > axis ? shape.dim(i) : 1;
    }
    return new long[] {outer, shape.dim(axis), inner};
  }
}
