// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda;

import static io.convoy.cuda.device.Argument.of;
import static io.convoy.cuda.device.Argument.to;

import io.convoy.cuda.device.Access;
import io.convoy.ops.GatherImages;

/** Batches out of a data set on the device. */
final class Images {
  private Images() {}

  static void gather(GatherImages op, Site site) {
    Operand images = site.out(0); // [N,H,W,C]
    long indices = (long) op.batch() * Integer.BYTES; // of the labels and the order, the batch's
    site.kernel(
        "gather_forward_" + images.type(),
        images.packs(),
        of(Access.read(site.in(0).buffer(), images.elements())),
        of(Access.read(site.in(1).buffer(), indices)),
        of(Access.read(site.in(2).buffer(), indices)),
        of(site.in(3).buffer()),
        to(images.buffer()),
        to(site.out(1).buffer()),
        of((long) op.batch()),
        of(images.elements() / op.batch()),
        of(GatherImages.SCALE));
  }
}
