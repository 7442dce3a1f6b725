// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda;

import static io.convoy.cuda.device.Argument.of;
import static io.convoy.cuda.device.Argument.to;

import io.convoy.cuda.device.Access;
import io.convoy.cuda.device.Argument;
import io.convoy.cuda.device.Buffer;
import io.convoy.cuda.device.CopyStep;
import io.convoy.cuda.device.Grid;
import io.convoy.ops.Concat;
import io.convoy.ops.Pad;
import io.convoy.ops.Reshape;
import io.convoy.ops.Reverse;
import io.convoy.ops.Slice;
import io.convoy.tensor.Shape;

/** Ops that move elements: copies of boxes, of tensors seen as [outer, axis, inner]. */
final class Layout {
  /** A tensor seen along one axis. */
  private record Axis(long outer, long length, long inner) {
    static Axis of(Shape shape, int axis) {
      long outer = 1;
      long inner = 1;
      for (int i = 0; i < shape.rank(); i++) {
        outer *= i < axis ? shape.dim(i) : 1;
        inner *= i > axis ? shape.dim(i) : 1;
      }
      return new Axis(outer, shape.dim(axis), inner);
    }

    /** Elements from one position of the outer axes to the next. */
    long row() {
      return length * inner;
    }
  }

  private Layout() {}

  static void reshape(Reshape op, Site site) {
    if (!site.alias(0, 0)) {
      site.add(new CopyStep(site.name(), site.in(0).buffer(), site.out(0).buffer()));
    }
  }

  static void concat(Concat op, Site site) {
    Axis whole = Axis.of(site.outSpec(0).shape(), op.axis());
    int width = site.out(0).width();
    long begin = 0;
    for (Operand part : site.ins()) {
      Axis axis = Axis.of(part.shape(), op.axis());
      Access written = Access.write(site.out(0).buffer(), part.buffer().bytes());
      Argument to = new Argument.Address(written, begin * whole.inner() * width);
      box(of(part.buffer()), axis.row(), to, whole.row(), axis, site);
      begin += axis.length();
    }
  }

  static void slice(Slice op, Site site) {
    Axis whole = Axis.of(site.in(0).shape(), op.axis());
    Access read = Access.read(site.in(0).buffer(), site.out(0).buffer().bytes());
    Argument from = new Argument.Address(read, op.begin() * whole.inner() * site.in(0).width());
    Axis part = Axis.of(site.outSpec(0).shape(), op.axis());
    box(from, whole.row(), to(site.out(0).buffer()), part.row(), part, site);
  }

  static void reverse(Reverse op, Site site) {
    Operand x = site.in(0);
    long batch = x.shape().dim(0);
    long row = x.elements() / batch;
    Argument last = new Argument.Address(Access.read(x.buffer()), (batch - 1) * row * x.width());
    Walk walk = new Walk().axis(batch, -row, row).axis(row, 1, 1);
    copy(last, to(site.out(0).buffer()), x.elements(), x, walk, site);
  }

  /** Copies a box between tensors whose outer positions are that far apart. */
  private static void box(
      Argument from, long fromStride, Argument to, long toStride, Axis box, Site site) {
    Walk walk = new Walk().axis(box.outer(), fromStride, toStride).axis(box.row(), 1, 1);
    copy(from, to, box.outer() * box.row(), site.out(0), walk, site);
  }

  /** Copies elements of a tensor's type along a walk with source and target. */
  static void copy(Argument from, Argument to, long elements, Operand like, Walk walk, Site site) {
    site.kernel(
        "copy_forward_" + bits(like),
        packs(elements, like),
        from,
        to,
        of(elements),
        of(site.table(walk.table(2))),
        of(walk.rank()));
  }

  static void pad(Pad op, Site site) {
    Axis axis = Axis.of(site.in(0).shape(), op.axis());
    pad(
        site.in(0).buffer(),
        site.out(0).buffer(),
        axis.outer(),
        axis.length(),
        op.before(),
        op.after(),
        axis.inner(),
        site.in(0),
        site);
  }

  /** How wide elements are, in the names of kernels that move them. */
  static String bits(Operand tensor) {
    return "b" + Byte.SIZE * tensor.width();
  }

  private static Grid packs(long elements, Operand like) {
    return Grid.of(Site.ceil(elements, (long) Site.BLOCK * like.pack()));
  }

  /** to [outer, before + length + after, inner] = from [outer, length, inner] between zeros. */
  static void pad(
      Buffer from,
      Buffer to,
      long outer,
      long length,
      long before,
      long after,
      long inner,
      Operand like,
      Site site) {
    site.kernel(
        "pad_forward_" + bits(like),
        packs(outer * (before + length + after) * inner, like),
        of(from),
        to(to),
        of(outer),
        of(length),
        of(before),
        of(after),
        of(inner));
  }
}
