// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda;

import static io.convoy.cuda.device.Argument.of;
import static io.convoy.cuda.device.Argument.to;

import io.convoy.cuda.device.Argument;
import io.convoy.cuda.device.PoolingShape;
import io.convoy.cuda.device.PoolingStep;
import io.convoy.ops.Pool2D;
import io.convoy.ops.Pool2DGrad;
import io.convoy.ops.PoolSpec;
import io.convoy.ops.Window;
import io.convoy.tensor.DType;
import io.convoy.tensor.Shape;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Pooling and its gradient. Forward it is cuDNN's where cuDNN knows it; minima, padding that
 * differs from side to side, tensors of 16 bits, whose types cuDNN's manual does not list for it,
 * and all gradients are kernels of ours.
 */
final class Pooling {
  private final PoolSpec spec;
  private final Shape x;
  private final Shape y;
  private final Window rows;
  private final Window columns;

  private Pooling(PoolSpec spec, Shape x, Shape y) {
    this.spec = spec;
    this.x = x;
    this.y = y;
    this.rows = spec.rows(x.dim(1));
    this.columns = spec.columns(x.dim(2));
  }

  static void forward(Pool2D op, Site site) {
    Operand x = site.in(0);
    Operand y = site.out(0);
    Pooling pooling = new Pooling(op.spec(), x.shape(), y.shape());
    if (x.spec().dtype() == DType.FLOAT32 && pooling.isKnownToCudnn()) {
      site.add(new PoolingStep(site.name(), pooling.shape(), x.buffer(), y.buffer()));
      return;
    }
    site.kernel(
        kind(op.spec()) + "_pool_forward_" + y.type(),
        y.packs(),
        pooling.arguments(of(x.buffer()), to(y.buffer())));
  }

  /** The kind in names of kernels. */
  static String kind(PoolSpec spec) {
    return switch (spec.kind()) {
      case MAX -> "max";
      case MIN -> "min";
      case AVERAGE -> "avg";
    };
  }

  private boolean isKnownToCudnn() {
    return spec.kind() != PoolSpec.Kind.MIN
        && rows.before() == rows.after()
        && columns.before() == columns.after();
  }

  private PoolingShape shape() {
    return new PoolingShape(
        spec.kind() == PoolSpec.Kind.MAX,
        x.dim(0),
        x.dim(1),
        x.dim(2),
        x.dim(3),
        y.dim(1),
        y.dim(2),
        spec.windowH(),
        spec.windowW(),
        rows.before(),
        columns.before(),
        spec.strideH(),
        spec.strideW());
  }

  static void gradient(Pool2DGrad op, Site site) {
    Operand dy = site.in(2);
    Operand dx = site.out(0);
    Pooling pooling = new Pooling(op.spec(), dx.shape(), dy.shape());
    if (op.spec().kind() == PoolSpec.Kind.AVERAGE) {
      site.kernel(
          "avg_pool_backward_" + dx.type(),
          dx.packs(),
          pooling.arguments(of(dy.buffer()), to(dx.buffer())));
      return;
    }
    site.kernel(
        "extreme_pool_backward_" + dx.type(),
        dx.packs(),
        pooling.arguments(
            of(site.in(0).buffer()), of(site.in(1).buffer()), of(dy.buffer()), to(dx.buffer())));
  }

  /** The tensors, then what all pooling kernels take: batch and PoolShape of pool.cuh. */
  private Argument[] arguments(Argument... tensors) {
    return Stream.concat(Stream.of(tensors), shape(spec, x, y)).toArray(Argument[]::new);
  }

  /** Batch and PoolShape of pool.cuh, where x is pooled to y. */
  static Stream<Argument> shape(PoolSpec spec, Shape x, Shape y) {
    IntStream numbers =
        IntStream.of(
            x.dim(1),
            x.dim(2),
            x.dim(3),
            y.dim(1),
            y.dim(2),
            spec.windowH(),
            spec.windowW(),
            spec.strideH(),
            spec.strideW(),
            spec.rows(x.dim(1)).before(),
            spec.columns(x.dim(2)).before());
    return Stream.concat(Stream.of(of((long) x.dim(0))), numbers.mapToObj(Argument::of));
  }
}
