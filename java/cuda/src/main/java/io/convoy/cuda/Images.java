// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda;

import static io.convoy.cuda.device.Argument.of;

import io.convoy.ops.GatherImages;

/** Batches out of a data set on the device. */
final class Images {
  private Images() {}

  static void gather(GatherImages op, Site site) {
    Operand images = site.out(0); // [N,H,W,C]
    site.kernel(
        "gather_forward_" + images.type(),
        images.packs(),
        of(site.in(0).buffer()),
        of(site.in(1).buffer()),
        of(site.in(2).buffer()),
        of(site.in(3).buffer()),
        of(images.buffer()),
        of(site.out(1).buffer()),
        of((long) op.batch()),
        of(images.elements() / op.batch()),
        of(GatherImages.SCALE));
  }
}
