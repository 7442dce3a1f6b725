// SPDX-License-Identifier: Apache-2.0
package io.convoy.cpu;

import io.convoy.ops.AugmentImages;
import io.convoy.ops.RandomQuantile;
import io.convoy.random.Philox;
import io.convoy.tensor.Shape;
import java.nio.FloatBuffer;

/** Images changed at random, and numbers from distributions. */
final class Augmenting {
  private Augmenting() {}

  /** An image is a thread's at a time. */
  static void images(AugmentImages op, Site site) {
    Operand x = site.in(0);
    Shape shape = x.shape();
    ImageAugmenter[] augmenters = new ImageAugmenter[site.workers()];
    for (int worker = 0; worker < augmenters.length; worker++) {
      augmenters[worker] = new ImageAugmenter(op, shape.dim(1), shape.dim(2), shape.dim(3));
    }
    site.loop(
        shape.dim(0),
        (memory, n, worker) -> augmenters[worker].apply(memory, n),
        x,
        site.in(1),
        site.out(0));
  }

  static void quantile(RandomQuantile op, Site site) {
    int steps = Math.toIntExact(site.in(0).elements()) - 1;
    Philox generator = new Philox(op.seed(), op.stream(), 0);
    site.loop(
        1,
        (memory, item, worker) -> {
          generator.step(memory[1].ints().get(0));
          generator.block(0);
          FloatBuffer quantiles = memory[0].floats();
          float u = generator.uniform(0) * steps;
          int i = (int) u;
          float below = quantiles.get(i);
          memory[2].floats().put(0, below + (u - i) * (quantiles.get(i + 1) - below));
        },
        site.in(0),
        site.in(1),
        site.out(0));
  }
}
