// SPDX-License-Identifier: Apache-2.0
package io.convoy.reference;

import io.convoy.ops.GatherImages;
import java.util.List;

/** Batches out of a data set. */
final class Images {
  private Images() {}

  static void gather(GatherImages op, List<DoubleTensor> in, List<DoubleTensor> out) {
    double[] pixels = in.get(0).values();
    double[] labels = in.get(1).values();
    double[] order = in.get(2).values();
    int position = (int) in.get(3).item();
    double[] images = out.get(0).values();
    int size = pixels.length / labels.length;
    for (int n = 0; n < op.batch(); n++) {
      int d = (int) order[position + n];
      out.get(1).values()[n] = labels[d];
      for (int i = 0; i < size; i++) {
        images[n * size + i] = pixels[d * size + i] / 255;
      }
    }
  }
}
