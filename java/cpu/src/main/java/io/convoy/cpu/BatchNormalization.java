// SPDX-License-Identifier: Apache-2.0
package io.convoy.cpu;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SCALE;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SHIFT;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_MEAN;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SCALE;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SHIFT;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_VARIANCE;
import static org.bytedeco.dnnl.global.dnnl.dnnl_backward;
import static org.bytedeco.dnnl.global.dnnl.dnnl_batch_normalization_backward_primitive_desc_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_batch_normalization_forward_primitive_desc_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_forward_inference;
import static org.bytedeco.dnnl.global.dnnl.dnnl_forward_training;
import static org.bytedeco.dnnl.global.dnnl.dnnl_use_global_stats;
import static org.bytedeco.dnnl.global.dnnl.dnnl_use_scale;
import static org.bytedeco.dnnl.global.dnnl.dnnl_use_shift;

import io.convoy.ops.BatchNorm;
import io.convoy.ops.BatchNormGrad;
import io.convoy.ops.BatchNormInference;
import io.convoy.tensor.Shape;

/** Batch normalisation of x [..., C]. */
final class BatchNormalization {
  private static final int SCALE_AND_SHIFT = dnnl_use_scale | dnnl_use_shift;
  private static final int GIVEN = SCALE_AND_SHIFT | dnnl_use_global_stats;

  private BatchNormalization() {}

  static void forward(BatchNorm op, Site site) {
    Operand image = site.image(0);
    MemoryDesc x = layout(image, site);
    MemoryDesc channels = channels(site);
    site.primitive(
        desc(dnnl_forward_training, x, op.epsilon(), SCALE_AND_SHIFT, site),
        new Argument(DNNL_ARG_SRC, x, image.buffer()),
        new Argument(DNNL_ARG_SCALE, channels, site.in(1).buffer()),
        new Argument(DNNL_ARG_SHIFT, channels, site.in(2).buffer()),
        new Argument(DNNL_ARG_DST, x, site.out(0, image.format()).buffer()),
        new Argument(DNNL_ARG_MEAN, channels, site.out(1).buffer()),
        new Argument(DNNL_ARG_VARIANCE, channels, site.out(2).buffer()));
  }

  static void inference(BatchNormInference op, Site site) {
    Operand image = site.image(0);
    MemoryDesc x = layout(image, site);
    MemoryDesc channels = channels(site);
    site.primitive(
        desc(dnnl_forward_inference, x, op.epsilon(), GIVEN, site),
        new Argument(DNNL_ARG_SRC, x, image.buffer()),
        new Argument(DNNL_ARG_SCALE, channels, site.in(1).buffer()),
        new Argument(DNNL_ARG_SHIFT, channels, site.in(2).buffer()),
        new Argument(DNNL_ARG_MEAN, channels, site.in(3).buffer()),
        new Argument(DNNL_ARG_VARIANCE, channels, site.in(4).buffer()),
        new Argument(DNNL_ARG_DST, x, site.outLike(0, image).buffer()));
  }

  static void gradient(BatchNormGrad op, Site site) {
    Operand image = site.image(0);
    MemoryDesc x = layout(image, site);
    MemoryDesc channels = channels(site);
    int flags = op.givenStatistics() ? GIVEN : SCALE_AND_SHIFT;
    PrimitiveDesc hint = desc(dnnl_forward_training, x, op.epsilon(), flags, site);
    PrimitiveDesc desc =
        PrimitiveDesc.create(
            site.owner(),
            "dnnl_batch_normalization_backward_primitive_desc_create",
            p ->
                dnnl_batch_normalization_backward_primitive_desc_create(
                    p,
                    site.engine(),
                    dnnl_backward,
                    x.handle(),
                    x.handle(),
                    x.handle(),
                    op.epsilon(),
                    flags,
                    hint.handle(),
                    Attributes.plain(site.owner())));
    site.primitive(
        desc,
        new Argument(DNNL_ARG_SRC, x, image.buffer()),
        new Argument(DNNL_ARG_DIFF_DST, x, site.image(1, image.format()).buffer()),
        new Argument(DNNL_ARG_SCALE, channels, site.in(2).buffer()),
        new Argument(DNNL_ARG_MEAN, channels, site.in(3).buffer()),
        new Argument(DNNL_ARG_VARIANCE, channels, site.in(4).buffer()),
        new Argument(DNNL_ARG_DIFF_SRC, x, site.out(0, image.format()).buffer()),
        new Argument(DNNL_ARG_DIFF_SCALE, channels, site.out(1).buffer()),
        new Argument(DNNL_ARG_DIFF_SHIFT, channels, site.out(2).buffer()));
  }

  private static PrimitiveDesc desc(
      int propagation, MemoryDesc x, float epsilon, int flags, Site site) {
    return PrimitiveDesc.create(
        site.owner(),
        "dnnl_batch_normalization_forward_primitive_desc_create",
        p ->
            dnnl_batch_normalization_forward_primitive_desc_create(
                p,
                site.engine(),
                propagation,
                x.handle(),
                x.handle(),
                epsilon,
                flags,
                Attributes.plain(site.owner())));
  }

  /** [N,C] as an image of one pixel. */
  private static MemoryDesc layout(Operand x, Site site) {
    Shape shape = x.shape();
    return shape.rank() == 2
        ? x.format().of(Shape.of(shape.dim(0), 1, 1, shape.dim(1)), site.owner())
        : x.image(site.owner());
  }

  private static MemoryDesc channels(Site site) {
    return MemoryDesc.rowMajor(site.owner(), site.image(0).shape().dim(-1));
  }
}
