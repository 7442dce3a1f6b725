// SPDX-License-Identifier: Apache-2.0
package io.convoy.cpu;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.dnnl_forward_training;
import static org.bytedeco.dnnl.global.dnnl.dnnl_softmax_accurate;
import static org.bytedeco.dnnl.global.dnnl.dnnl_softmax_backward_primitive_desc_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_softmax_forward_primitive_desc_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_softmax_log;

import io.convoy.ops.Softmax;
import io.convoy.ops.SoftmaxGrad;

/** Softmax over the innermost axis, its logarithm, and their gradients. */
final class Softmaxes {
  private static final int INNERMOST_OF_TWO = 1;

  private Softmaxes() {}

  static void forward(Softmax op, Site site) {
    Operand x = site.in(0);
    MemoryDesc rows = rows(site);
    site.primitive(
        desc(op.log(), rows, site),
        new Argument(DNNL_ARG_SRC, rows, x.buffer()),
        new Argument(DNNL_ARG_DST, rows, site.outLike(0, x).buffer()));
  }

  static void gradient(SoftmaxGrad op, Site site) {
    Operand dy = site.in(1);
    MemoryDesc rows = rows(site);
    PrimitiveDesc hint = desc(op.log(), rows, site);
    PrimitiveDesc desc =
        PrimitiveDesc.create(
            site.owner(),
            "dnnl_softmax_backward_primitive_desc_create",
            p ->
                dnnl_softmax_backward_primitive_desc_create(
                    p,
                    site.engine(),
                    algorithm(op.log()),
                    rows.handle(),
                    rows.handle(),
                    rows.handle(),
                    INNERMOST_OF_TWO,
                    hint.handle(),
                    Attributes.plain(site.owner())));
    site.primitive(
        desc,
        new Argument(DNNL_ARG_DST, rows, site.in(0).buffer()),
        new Argument(DNNL_ARG_DIFF_DST, rows, dy.buffer()),
        new Argument(DNNL_ARG_DIFF_SRC, rows, site.outLike(0, dy).buffer()));
  }

  private static PrimitiveDesc desc(boolean log, MemoryDesc rows, Site site) {
    return PrimitiveDesc.create(
        site.owner(),
        "dnnl_softmax_forward_primitive_desc_create",
        p ->
            dnnl_softmax_forward_primitive_desc_create(
                p,
                site.engine(),
                dnnl_forward_training,
                algorithm(log),
                rows.handle(),
                rows.handle(),
                INNERMOST_OF_TWO,
                Attributes.plain(site.owner())));
  }

  private static int algorithm(boolean log) {
    return log ? dnnl_softmax_log : dnnl_softmax_accurate;
  }

  /** x [..., C] as a matrix with C columns. */
  private static MemoryDesc rows(Site site) {
    long columns = site.in(0).shape().dim(-1);
    return MemoryDesc.rowMajor(site.owner(), site.in(0).elements() / columns, columns);
  }
}
