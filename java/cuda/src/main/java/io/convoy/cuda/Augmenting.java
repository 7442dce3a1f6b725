// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda;

import static io.convoy.cuda.device.Argument.of;
import static io.convoy.cuda.device.Argument.to;

import io.convoy.cuda.device.Grid;
import io.convoy.ops.AugmentImages;
import io.convoy.ops.Augmentation;
import io.convoy.ops.RandomQuantile;
import io.convoy.tensor.Shape;

/** Images changed at random, and numbers from distributions. */
final class Augmenting {
  private Augmenting() {}

  /** A block an image. */
  static void images(AugmentImages op, Site site) {
    Operand x = site.in(0);
    Shape shape = x.shape();
    Augmentation limits = op.augmentation();
    site.kernel(
        "augment_forward_f32",
        Grid.of(shape.dim(0)),
        of(x.buffer()),
        to(site.out(0).buffer()),
        of(site.in(1).buffer()),
        of((long) shape.dim(0)),
        of(shape.dim(1)),
        of(shape.dim(2)),
        of(shape.dim(3)),
        of(limits.horizontalFlip() ? 1 : 0),
        of(limits.verticalFlip() ? 1 : 0),
        of(limits.crop()),
        of(limits.translation()),
        of(limits.rotation()),
        of(limits.zoom()),
        of(limits.contrast()),
        of(limits.brightness()),
        of(limits.erasing()),
        of(op.seed()),
        of(op.stream()));
  }

  static void quantile(RandomQuantile op, Site site) {
    site.kernel(
        "random_quantile_forward_f32",
        Grid.of(1),
        1,
        of(site.in(0).buffer()),
        of(site.in(0).shape().dim(0)),
        of(site.in(1).buffer()),
        of(op.seed()),
        of(op.stream()),
        to(site.out(0).buffer()));
  }
}
