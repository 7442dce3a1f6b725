// SPDX-License-Identifier: Apache-2.0
package io.convoy.cpu;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_ATTR_SCALES;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_WEIGHTS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;
import static org.bytedeco.dnnl.global.dnnl.dnnl_convolution_backward_data_primitive_desc_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_convolution_backward_weights_primitive_desc_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_convolution_direct;
import static org.bytedeco.dnnl.global.dnnl.dnnl_convolution_forward_primitive_desc_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_forward_training;
import static org.bytedeco.dnnl.global.dnnl.dnnl_query_diff_weights_md;
import static org.bytedeco.dnnl.global.dnnl.dnnl_query_dst_md;
import static org.bytedeco.dnnl.global.dnnl.dnnl_query_src_md;
import static org.bytedeco.dnnl.global.dnnl.dnnl_query_weights_md;

import io.convoy.ops.Activation;
import io.convoy.ops.Conv2D;
import io.convoy.ops.Conv2DBackpropFilter;
import io.convoy.ops.Conv2DBackpropInput;
import io.convoy.ops.ConvSpec;
import io.convoy.ops.FusedNormalization;
import io.convoy.ops.Window;
import io.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.bytedeco.dnnl.dnnl_primitive_attr;

/**
 * Convolution and its two gradients. Filters are brought from HWIO into the layout that the
 * implementation likes, images into the format of {@link ConvolutionFormats}.
 */
final class Convolution {
  private static final int FEW_CHANNELS = 16;

  private final Site site;
  private final int groups;
  private final Shape filter;
  private final ConvolutionFormats formats;
  private final MemoryDesc x;
  private final MemoryDesc y;
  private final long[] strides;
  private final long[] dilations;
  private final long[] before;
  private final long[] after;
  private final KnownDefects defects;

  /** A convolution of x [N,H,W,C] by a filter [kh,kw,C/groups,K] that makes y [N,P,Q,K]. */
  private Convolution(ConvSpec spec, Shape x, Shape filter, Shape y, boolean byImage, Site site) {
    this.site = site;
    this.groups = spec.groups();
    this.filter = filter;
    Window rows = spec.rows(x.dim(1), filter.dim(0));
    Window columns = spec.columns(x.dim(2), filter.dim(1));
    strides = new long[] {rows.stride(), columns.stride()};
    // oneDNN counts the taps that are left out between two taps.
    dilations = new long[] {rows.dilation() - 1, columns.dilation() - 1};
    before = new long[] {rows.before(), columns.before()};
    after = new long[] {rows.after(), columns.after()};
    defects = new KnownDefects(rows, columns);
    ConvolutionFormats best =
        ConvolutionFormats.of(site.learnsFilters(), groups, x, y, this::liked);
    formats = byImage ? best.forImageGradient() : best;
    this.x = formats.x().of(x, site.owner());
    this.y = formats.y().of(y, site.owner());
  }

  /** The formats that oneDNN likes best for the forward pass; empty if they are none of ours. */
  private Optional<ConvolutionFormats> liked(Shape x, Shape y) {
    PrimitiveDesc free =
        offeredForward(anyImage(x), anyImage(y), false, Attributes.plain(site.owner()));
    Optional<Format> likedX = Format.of(free.layout(dnnl_query_src_md), x, site.owner());
    Optional<Format> likedY = Format.of(free.layout(dnnl_query_dst_md), y, site.owner());
    return likedX.flatMap(f -> likedY.map(g -> new ConvolutionFormats(f, g)));
  }

  static void forward(Conv2D op, Site site) {
    forward(op, null, Optional.empty(), site);
  }

  /**
   * y = f(conv(x, w) + bias).
   *
   * @param bias [K], or null
   */
  static void forward(Conv2D op, Operand bias, Optional<Activation> f, Site site) {
    forward(op, null, bias, f, site);
  }

  /** y = f(conv(x, scale w) + shift), see {@link Normalizer}. */
  static void normalized(FusedNormalization op, Site site) {
    Normalizer normalizer = new Normalizer(op, site);
    forward(op.root(), normalizer, normalizer.shift(), op.activation(), site);
  }

  /**
   * y = f(conv(x, scale w) + bias).
   *
   * @param normalizer has the scale; or null
   * @param bias [K], or null
   */
  private static void forward(
      Conv2D op, Normalizer normalizer, Operand bias, Optional<Activation> f, Site site) {
    Operand w = site.in(1);
    Shape shape = site.image(0).shape();
    Convolution conv =
        new Convolution(op.spec(), shape, w.shape(), site.outSpec(0).shape(), false, site);
    Operand x = site.image(0, conv.formats.x());
    Operand y = site.out(0, conv.formats.y());
    PrimitiveDesc desc =
        conv.forwardDesc(
            bias != null, Attributes.followedBy(site.owner(), Elementwise.functions(f)));
    List<Argument> arguments = new ArrayList<>();
    arguments.add(new Argument(DNNL_ARG_SRC, conv.x, x.buffer()));
    arguments.add(
        normalizer == null ? conv.weights(w, desc) : conv.scaledWeights(w, normalizer, desc));
    if (bias != null) {
      arguments.add(new Argument(DNNL_ARG_BIAS, conv.channels(), bias.buffer()));
    }
    arguments.add(new Argument(DNNL_ARG_DST, conv.y, y.buffer()));
    site.primitive(desc, arguments.toArray(Argument[]::new));
    Elementwise.finish(f, y, site);
  }

  static void backpropInput(Conv2DBackpropInput op, Site site) {
    Operand w = site.in(1);
    Shape shape = site.outSpec(0).shape();
    Convolution conv =
        new Convolution(op.spec(), shape, w.shape(), site.image(0).shape(), true, site);
    Operand dy = site.image(0, conv.formats.y());
    Operand dx = site.out(0, conv.formats.x());
    PrimitiveDesc hint = conv.forwardDesc(false, Attributes.plain(site.owner()));
    PrimitiveDesc desc = conv.fastest(() -> conv.imageGradientDesc(hint));
    site.primitive(
        desc,
        new Argument(DNNL_ARG_DIFF_DST, conv.y, dy.buffer()),
        conv.weights(w, desc),
        new Argument(DNNL_ARG_DIFF_SRC, conv.x, dx.buffer()));
  }

  static void backpropFilter(Conv2DBackpropFilter op, Site site) {
    backpropFilter(op, null, site);
  }

  /**
   * The gradient of the filter, and in the same pass that of the bias.
   *
   * @param db [K], or null
   */
  static void backpropFilter(Conv2DBackpropFilter op, Operand db, Site site) {
    Operand dw = site.out(0);
    Shape shape = site.image(0).shape();
    Convolution conv =
        new Convolution(op.spec(), shape, dw.shape(), site.image(1).shape(), false, site);
    Operand x = site.image(0, conv.formats.x());
    Operand dy = site.image(1, conv.formats.y());
    PrimitiveDesc hint = conv.forwardDesc(db != null, Attributes.plain(site.owner()));
    PrimitiveDesc desc =
        PrimitiveDesc.create(
            site.owner(),
            "dnnl_convolution_backward_weights_primitive_desc_create",
            p ->
                dnnl_convolution_backward_weights_primitive_desc_create(
                    p,
                    site.engine(),
                    dnnl_convolution_direct,
                    conv.x.handle(),
                    conv.anyFilter().handle(),
                    db == null ? null : conv.channels().handle(),
                    conv.y.handle(),
                    conv.strides,
                    conv.dilations,
                    conv.before,
                    conv.after,
                    hint.handle(),
                    Attributes.plain(site.owner())));
    conv.defects.avoidInFilterGradient(desc);
    MemoryDesc plain = conv.plainFilter();
    MemoryDesc made = desc.layout(dnnl_query_diff_weights_md);
    Buffer gradient = made.sameAs(plain) ? dw.buffer() : site.temporary(made);
    List<Argument> arguments = new ArrayList<>();
    arguments.add(new Argument(DNNL_ARG_SRC, conv.x, x.buffer()));
    arguments.add(new Argument(DNNL_ARG_DIFF_DST, conv.y, dy.buffer()));
    arguments.add(new Argument(DNNL_ARG_DIFF_WEIGHTS, made, gradient));
    if (db != null) {
      arguments.add(new Argument(DNNL_ARG_DIFF_BIAS, conv.channels(), db.buffer()));
    }
    site.primitive(desc, arguments.toArray(Argument[]::new));
    if (gradient != dw.buffer()) {
      site.copy(gradient, made, dw.buffer(), plain);
    }
  }

  private PrimitiveDesc forwardDesc(boolean bias, dnnl_primitive_attr attributes) {
    return fastest(() -> offeredForward(bias, attributes));
  }

  private PrimitiveDesc offeredForward(boolean bias, dnnl_primitive_attr attributes) {
    PrimitiveDesc desc = offeredForward(x, y, bias, attributes);
    defects.avoidInForward(desc, filter.dim(2) * groups);
    return desc;
  }

  private PrimitiveDesc offeredForward(
      MemoryDesc from, MemoryDesc to, boolean bias, dnnl_primitive_attr attributes) {
    return PrimitiveDesc.create(
        site.owner(),
        "dnnl_convolution_forward_primitive_desc_create",
        p ->
            dnnl_convolution_forward_primitive_desc_create(
                p,
                site.engine(),
                dnnl_forward_training,
                dnnl_convolution_direct,
                from.handle(),
                anyFilter().handle(),
                bias ? channels().handle() : null,
                to.handle(),
                strides,
                dilations,
                before,
                after,
                attributes));
  }

  private PrimitiveDesc imageGradientDesc(PrimitiveDesc hint) {
    PrimitiveDesc desc =
        PrimitiveDesc.create(
            site.owner(),
            "dnnl_convolution_backward_data_primitive_desc_create",
            p ->
                dnnl_convolution_backward_data_primitive_desc_create(
                    p,
                    site.engine(),
                    dnnl_convolution_direct,
                    x.handle(),
                    anyFilter().handle(),
                    y.handle(),
                    strides,
                    dilations,
                    before,
                    after,
                    hint.handle(),
                    Attributes.plain(site.owner())));
    defects.avoidInImageGradient(desc);
    return desc;
  }

  /**
   * oneDNN's first choice, brgemm, sums over channels and starves where these are few. On 2 AVX-512
   * cores the direct code takes 0.5 to 1.05 times as long forward and by image for up to 16
   * channels, half as long at 28x28 images of 1 channel; for 32 channels it takes longer.
   */
  private PrimitiveDesc fastest(Supplier<PrimitiveDesc> offer) {
    PrimitiveDesc first = offer.get();
    if (groups > 1 || filter.dim(2) > FEW_CHANNELS) {
      return first;
    }
    PrimitiveDesc direct = offer.get();
    return direct.skip("brg") && direct.implementation().startsWith("jit:") ? direct : first;
  }

  private MemoryDesc anyImage(Shape nhwc) {
    return MemoryDesc.any(site.owner(), nhwc.dim(0), nhwc.dim(3), nhwc.dim(1), nhwc.dim(2));
  }

  private MemoryDesc anyFilter() {
    return MemoryDesc.any(site.owner(), Layouts.filterDims(filter, groups));
  }

  private MemoryDesc channels() {
    return MemoryDesc.rowMajor(site.owner(), filter.dim(3));
  }

  /** The filter in the layout of a primitive. */
  private Argument weights(Operand w, PrimitiveDesc desc) {
    MemoryDesc wanted = desc.layout(dnnl_query_weights_md);
    return new Argument(DNNL_ARG_WEIGHTS, wanted, site.inLayout(w, plainFilter(), wanted));
  }

  /** The filter in the layout of a primitive, times a factor for each of its output channels. */
  private Argument scaledWeights(Operand w, Normalizer normalizer, PrimitiveDesc desc) {
    MemoryDesc wanted = desc.layout(dnnl_query_weights_md);
    Buffer factors = normalizer.scale().buffer();
    Argument scale = new Argument(DNNL_ARG_ATTR_SCALES | DNNL_ARG_SRC, channels(), factors);
    int mask = groups == 1 ? 0b1 : 0b11; // (out,...) or (groups,out,...)
    List<Operand> parameters = new ArrayList<>(normalizer.parameters());
    parameters.add(w);
    Buffer scaled = site.scaled(w, plainFilter(), scale, mask, wanted, parameters);
    return new Argument(DNNL_ARG_WEIGHTS, wanted, scaled);
  }

  private MemoryDesc plainFilter() {
    return Layouts.filter(filter, groups, site.owner());
  }
}
