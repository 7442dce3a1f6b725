// SPDX-License-Identifier: Apache-2.0
package io.convoy.cpu;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.dnnl_forward_inference;
import static org.bytedeco.dnnl.global.dnnl.dnnl_lrn_across_channels;
import static org.bytedeco.dnnl.global.dnnl.dnnl_lrn_forward_primitive_desc_create;

import io.convoy.ops.LocalResponseNormalization;
import io.convoy.ops.LocalResponseNormalizationGrad;

/**
 * Local response normalisation across channels, and its gradient. The gradient is a loop of ours:
 * oneDNN 3.13.0 crashes while it makes its own for row-major images on AVX-512, and its next
 * implementation takes 119 ns an element on two cores.
 */
final class LocalResponse {
  /** Elements that a thread takes at once, about. */
  private static final int ITEM = 8192;

  private LocalResponse() {}

  /** oneDNN divides alpha by the number of channels in a sum, so it is multiplied beforehand. */
  static void forward(LocalResponseNormalization op, Site site) {
    Operand x = site.image(0);
    Operand y = site.out(0, x.format());
    MemoryDesc image = x.image(site.owner());
    long size = 2L * op.depthRadius(x.shape().dim(3)) + 1;
    PrimitiveDesc desc =
        PrimitiveDesc.create(
            site.owner(),
            "dnnl_lrn_forward_primitive_desc_create",
            p ->
                dnnl_lrn_forward_primitive_desc_create(
                    p,
                    site.engine(),
                    dnnl_forward_inference,
                    dnnl_lrn_across_channels,
                    image.handle(),
                    image.handle(),
                    size,
                    op.alpha() * size,
                    op.beta(),
                    op.bias(),
                    Attributes.plain(site.owner())));
    site.primitive(
        desc,
        new Argument(DNNL_ARG_SRC, image, x.buffer()),
        new Argument(DNNL_ARG_DST, image, y.buffer()));
  }

  static void gradient(LocalResponseNormalizationGrad op, Site site) {
    Operand x = site.in(0);
    int channels = x.shape().dim(3);
    int pixels = Math.toIntExact(x.elements() / channels);
    int pixelsAtOnce = Math.max(1, ITEM / channels);
    LocalResponseGradient[] kernels = new LocalResponseGradient[site.workers()];
    for (int worker = 0; worker < kernels.length; worker++) {
      kernels[worker] = new LocalResponseGradient(op.forward(), channels);
    }
    site.loop(
        (pixels + pixelsAtOnce - 1) / pixelsAtOnce,
        (memory, item, worker) -> {
          int end = Math.min(pixels, (item + 1) * pixelsAtOnce);
          for (int pixel = item * pixelsAtOnce; pixel < end; pixel++) {
            kernels[worker].apply(memory, pixel);
          }
        },
        x,
        site.in(1),
        site.out(0));
  }
}
