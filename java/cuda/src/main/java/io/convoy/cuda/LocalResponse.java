// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda;

import static io.convoy.cuda.device.Argument.of;
import static io.convoy.cuda.device.Argument.to;

import io.convoy.cuda.device.Grid;
import io.convoy.ops.LocalResponseNormalization;
import io.convoy.ops.LocalResponseNormalizationGrad;

/** Local response normalisation across channels, and its gradient. */
final class LocalResponse {
  private LocalResponse() {}

  static void forward(LocalResponseNormalization op, Site site) {
    Operand x = site.in(0);
    int channels = x.shape().dim(3);
    site.kernel(
        "lrn_forward_" + x.type(),
        grid(x),
        of(x.buffer()),
        to(site.out(0).buffer()),
        of(x.elements()),
        of(channels),
        of(op.depthRadius(channels)),
        of(op.bias()),
        of(op.alpha()),
        of(op.beta()));
  }

  static void gradient(LocalResponseNormalizationGrad op, Site site) {
    LocalResponseNormalization forward = op.forward();
    Operand x = site.in(0);
    int channels = x.shape().dim(3);
    site.kernel(
        "lrn_backward_" + x.type(),
        grid(x),
        of(x.buffer()),
        of(site.in(1).buffer()),
        to(site.out(0).buffer()),
        of(x.elements()),
        of(channels),
        of(forward.depthRadius(channels)),
        of(forward.bias()),
        of(forward.alpha()),
        of(forward.beta()));
  }

  private static Grid grid(Operand x) {
    return Grid.of(Site.ceil(x.elements(), Site.BLOCK));
  }
}
