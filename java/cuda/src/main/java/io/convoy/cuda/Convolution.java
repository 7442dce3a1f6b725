// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda;

import static io.convoy.cuda.device.Argument.to;

import io.convoy.cuda.device.Access;
import io.convoy.cuda.device.Argument;
import io.convoy.cuda.device.Buffer;
import io.convoy.cuda.device.ConvolutionShape;
import io.convoy.cuda.device.ConvolutionStep;
import io.convoy.cuda.device.ConvolutionStep.Pass;
import io.convoy.ops.Conv2D;
import io.convoy.ops.Conv2DBackpropFilter;
import io.convoy.ops.Conv2DBackpropInput;
import io.convoy.ops.ConvSpec;
import io.convoy.ops.Window;
import io.convoy.tensor.Shape;
import io.convoy.tensor.TensorSpec;

/**
 * The three passes of a convolution. cuDNN wants filters in {@link Order#FILTER} for NHWC images,
 * and as much padding on one side as on the other, so what one side has more is added to the image;
 * tensor cores want a {@link FourthChannel}.
 */
final class Convolution {
  private final ConvSpec spec;
  private final Site site;
  private final Operand factor; // an image or gradient; of its type are all tensors
  private final Shape x; // [N,H,W,C] without the added rows and columns
  private final Shape w; // [kh,kw,C/groups,K]
  private final Shape y; // [N,P,Q,K]
  private final Margin rows;
  private final Margin columns;

  /**
   * Padding of an axis, taken apart.
   *
   * @param both on each side, left to cuDNN
   * @param before more in front
   * @param after more behind
   */
  private record Margin(int both, int before, int after) {
    static Margin of(Window window) {
      int both = Math.min(window.before(), window.after());
      return new Margin(both, window.before() - both, window.after() - both);
    }

    int more() {
      return before + after;
    }
  }

  private Convolution(ConvSpec spec, Operand factor, Shape x, Shape w, Shape y, Site site) {
    this.spec = spec;
    this.site = site;
    this.factor = factor;
    this.x = x;
    this.w = w;
    this.y = y;
    this.rows = Margin.of(spec.rows(x.dim(1), w.dim(0)));
    this.columns = Margin.of(spec.columns(x.dim(2), w.dim(1)));
  }

  static void forward(Conv2D op, Site site) {
    Operand x = site.in(0);
    Operand w = site.in(1, Order.FILTER);
    if (FourthChannel.isMissing(op.spec(), x, site)) {
      x = FourthChannel.image(site);
      w = FourthChannel.filter(w, site);
    }
    Operand y = site.out(0);
    Convolution made = new Convolution(op.spec(), x, x.shape(), w.shape(), y.shape(), site);
    made.add(Pass.FORWARD, made.pad(x.buffer()), w.buffer(), y.buffer());
  }

  static void backpropInput(Conv2DBackpropInput op, Site site) {
    Operand dy = site.in(0);
    Operand w = site.in(1, Order.FILTER);
    Operand dx = site.out(0);
    Convolution made = new Convolution(op.spec(), dy, dx.shape(), w.shape(), dy.shape(), site);
    Buffer padded = made.isPadded() ? site.scratch(made.padded().bytes()) : dx.buffer();
    made.add(Pass.BACKWARD_DATA, padded, w.buffer(), dy.buffer());
    made.cut(padded, dx.buffer());
  }

  static void backpropFilter(Conv2DBackpropFilter op, Site site) {
    Operand x = site.in(0);
    Operand dy = site.in(1);
    Operand dw = site.out(0, x.spec().dtype(), Order.FILTER);
    boolean lacks = FourthChannel.isMissing(op.spec(), x, site);
    Operand image = lacks ? FourthChannel.image(site) : x;
    Operand gradient = lacks ? FourthChannel.room(dw, site) : dw;
    Convolution made =
        new Convolution(op.spec(), x, image.shape(), gradient.shape(), dy.shape(), site);
    made.add(Pass.BACKWARD_FILTER, made.pad(image.buffer()), gradient.buffer(), dy.buffer());
    if (lacks) {
      FourthChannel.cut(gradient, dw, site);
    }
  }

  private void add(Pass pass, Buffer image, Buffer filter, Buffer result) {
    site.add(
        new ConvolutionStep(
            site.name(), pass, shape(), site.precision(factor), image, filter, result));
  }

  private ConvolutionShape shape() {
    return new ConvolutionShape(
        x.dim(0),
        x.dim(1) + rows.more(),
        x.dim(2) + columns.more(),
        x.dim(3),
        w.dim(3),
        w.dim(0),
        w.dim(1),
        y.dim(1),
        y.dim(2),
        rows.both(),
        columns.both(),
        spec.strideH(),
        spec.strideW(),
        spec.dilationH(),
        spec.dilationW(),
        spec.groups());
  }

  private boolean isPadded() {
    return rows.more() + columns.more() > 0;
  }

  private TensorSpec padded() {
    int[] dims = {x.dim(0), x.dim(1) + rows.more(), x.dim(2) + columns.more(), x.dim(3)};
    return new TensorSpec(factor.spec().dtype(), Shape.of(dims));
  }

  private Buffer pad(Buffer image) {
    Buffer padded = image;
    if (columns.more() > 0) {
      long outer = (long) x.dim(0) * x.dim(1);
      padded = pad(padded, outer, x.dim(2), columns, x.dim(3));
    }
    if (rows.more() > 0) {
      long inner = (long) (x.dim(2) + columns.more()) * x.dim(3);
      padded = pad(padded, x.dim(0), x.dim(1), rows, inner);
    }
    return padded;
  }

  private Buffer pad(Buffer from, long outer, long length, Margin margin, long inner) {
    long elements = outer * (length + margin.more()) * inner;
    Buffer to = site.scratch(elements * factor.width());
    Layout.pad(from, to, outer, length, margin.before(), margin.after(), inner, factor, site);
    return to;
  }

  /** Leaves the added rows and columns out. */
  private void cut(Buffer padded, Buffer image) {
    if (!isPadded()) {
      return;
    }
    long width = padded().shape().dim(2);
    long channels = x.dim(3);
    long begin = (rows.before() * width + columns.before()) * channels;
    long row = (long) x.dim(2) * channels; // elements in a row of the image
    Walk walk =
        new Walk()
            .axis(x.dim(0), padded().shape().dim(1) * width * channels, x.dim(1) * row)
            .axis(x.dim(1), width * channels, row)
            .axis(row, 1, 1);
    Layout.copy(
        new Argument.Address(Access.read(padded, image.bytes()), begin * factor.width()),
        to(image),
        x.elements(),
        factor,
        walk,
        site);
  }
}
