// SPDX-License-Identifier: Apache-2.0
package io.convoy.cpu;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WORKSPACE;
import static org.bytedeco.dnnl.global.dnnl.dnnl_forward_inference;
import static org.bytedeco.dnnl.global.dnnl.dnnl_forward_training;
import static org.bytedeco.dnnl.global.dnnl.dnnl_pooling_avg_exclude_padding;
import static org.bytedeco.dnnl.global.dnnl.dnnl_pooling_backward_primitive_desc_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_pooling_forward_primitive_desc_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_pooling_max;
import static org.bytedeco.dnnl.global.dnnl.dnnl_query_workspace_md;

import io.convoy.ops.Activation;
import io.convoy.ops.Pool2D;
import io.convoy.ops.Pool2DGrad;
import io.convoy.ops.PoolSpec;
import io.convoy.ops.Window;
import io.convoy.tensor.Shape;
import java.util.List;

/**
 * Pooling and its gradient. oneDNN remembers where each largest element stood in a workspace, which
 * the forward pass keeps for the backward pass. The smallest element is the largest of the
 * negatives.
 */
final class Pooling {
  private static final List<Eltwise> NEGATE = Elementwise.functions(Activation.linear(-1, 0));

  private final Site site;
  private final PoolSpec spec;
  private final Format format;
  private final MemoryDesc x;
  private final MemoryDesc y;
  private final long[] window;
  private final long[] strides;
  private final long[] before;
  private final long[] after;

  /** The workspace of a pooling, found by its spec and its input's and output's slots. */
  private record WorkspaceKey(PoolSpec spec, int x, int y) {}

  private Pooling(PoolSpec spec, Shape x, Shape y, Format format, Site site) {
    this.site = site;
    this.spec = spec;
    this.format = format;
    this.x = format.of(x, site.owner());
    this.y = format.of(y, site.owner());
    Window rows = spec.rows(x.dim(1));
    Window columns = spec.columns(x.dim(2));
    window = new long[] {rows.size(), columns.size()};
    strides = new long[] {rows.stride(), columns.stride()};
    before = new long[] {rows.before(), columns.before()};
    after = new long[] {rows.after(), columns.after()};
  }

  static void forward(Pool2D op, Site site) {
    Operand x = site.image(0);
    Operand y = site.out(0, x.format());
    Pooling pooling = new Pooling(op.spec(), x.shape(), y.shape(), x.format(), site);
    Pool2DGrad gradient = new Pool2DGrad(op.spec());
    boolean remember = site.follows(gradient, site.inputSlot(0), site.outputSlot(0));
    Buffer workspace = pooling.forward(x, y, remember);
    site.share(new WorkspaceKey(op.spec(), site.inputSlot(0), site.outputSlot(0)), workspace);
  }

  /** Returns the workspace if it is remembered and there is one, else null. */
  private Buffer forward(Operand x, Operand y, boolean remember) {
    boolean min = spec.kind() == PoolSpec.Kind.MIN;
    Operand source = x;
    if (min) {
      source = site.temporary(x.spec(), format);
      Elementwise.apply(NEGATE, x, source, site);
    }
    PrimitiveDesc desc = desc(remember ? dnnl_forward_training : dnnl_forward_inference);
    Argument from = new Argument(DNNL_ARG_SRC, this.x, source.buffer());
    Argument to = new Argument(DNNL_ARG_DST, this.y, y.buffer());
    MemoryDesc layout = desc.layout(dnnl_query_workspace_md);
    Buffer workspace = null;
    if (layout.bytes() > 0) {
      workspace = site.temporary(layout);
      site.primitive(desc, from, to, new Argument(DNNL_ARG_WORKSPACE, layout, workspace));
    } else {
      site.primitive(desc, from, to);
    }
    if (min) {
      Elementwise.apply(NEGATE, y, y, site);
    }
    return workspace;
  }

  static void gradient(Pool2DGrad op, Site site) {
    Format format = site.image(0).format();
    Operand dy = site.image(2, format);
    Operand dx = site.out(0, format);
    Pooling pooling = new Pooling(op.spec(), dx.shape(), dy.shape(), format, site);
    PrimitiveDesc hint = pooling.desc(dnnl_forward_training);
    PrimitiveDesc desc =
        PrimitiveDesc.create(
            site.owner(),
            "dnnl_pooling_backward_primitive_desc_create",
            p ->
                dnnl_pooling_backward_primitive_desc_create(
                    p,
                    site.engine(),
                    pooling.algorithm(),
                    pooling.x.handle(),
                    pooling.y.handle(),
                    pooling.strides,
                    pooling.window,
                    new long[2],
                    pooling.before,
                    pooling.after,
                    hint.handle(),
                    Attributes.plain(site.owner())));
    Argument from = new Argument(DNNL_ARG_DIFF_DST, pooling.y, dy.buffer());
    Argument to = new Argument(DNNL_ARG_DIFF_SRC, pooling.x, dx.buffer());
    MemoryDesc layout = desc.layout(dnnl_query_workspace_md);
    if (layout.bytes() > 0) {
      Buffer workspace = pooling.workspace();
      site.primitive(desc, from, to, new Argument(DNNL_ARG_WORKSPACE, layout, workspace));
    } else {
      site.primitive(desc, from, to);
    }
  }

  /** The forward pass's, or that of another forward pass if this y was not made by pooling. */
  private Buffer workspace() {
    Buffer kept = site.shared(new WorkspaceKey(spec, site.inputSlot(0), site.inputSlot(1)));
    if (kept != null) {
      return kept;
    }
    Operand y = site.temporary(site.image(1).spec(), format);
    return forward(site.image(0, format), y, true);
  }

  private int algorithm() {
    return spec.kind() == PoolSpec.Kind.AVERAGE
        ? dnnl_pooling_avg_exclude_padding
        : dnnl_pooling_max;
  }

  private PrimitiveDesc desc(int propagation) {
    return PrimitiveDesc.create(
        site.owner(),
        "dnnl_pooling_forward_primitive_desc_create",
        p ->
            dnnl_pooling_forward_primitive_desc_create(
                p,
                site.engine(),
                propagation,
                algorithm(),
                x.handle(),
                y.handle(),
                strides,
                window,
                new long[2],
                before,
                after,
                Attributes.plain(site.owner())));
  }
}
