// SPDX-License-Identifier: Apache-2.0
package io.convoy.cpu;

import io.convoy.ops.GatherImages;
import java.nio.ByteBuffer;

/** Batches out of a data set. */
final class Images {
  private Images() {}

  static void gather(GatherImages op, Site site) {
    int size = site.outSpec(0).shape().elementsPerRow();
    float[][] rows = new float[site.workers()][size];
    site.loop(
        op.batch(),
        (memory, n, worker) -> {
          ByteBuffer pixels = memory[0].bytes();
          int d = memory[2].ints().get(memory[3].ints().get(0) + n);
          float[] row = rows[worker];
          for (int i = 0; i < size; i++) {
            row[i] = (pixels.get(d * size + i) & 0xFF) * GatherImages.SCALE;
          }
          memory[4].floats().put(n * size, row);
          memory[5].ints().put(n, memory[1].ints().get(d));
        },
        site.in(0),
        site.in(1),
        site.in(2),
        site.in(3),
        site.out(0),
        site.out(1));
  }
}
