// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda;

import static io.convoy.cuda.device.Argument.of;

import io.convoy.cuda.device.Buffer;
import io.convoy.ops.GatherImages;
import io.convoy.tensor.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Batches out of a data set on the device. */
final class Images {
  private Images() {}

  static void gather(GatherImages op, Site site) {
    Operand images = site.out(0);
    Shape shape = images.shape();
    float[] scale = new float[shape.dim(3)];
    Arrays.fill(scale, GatherImages.SCALE);
    site.kernel(
        "gather_forward_f32",
        images.packs(),
        of(site.in(0).buffer()),
        of(site.in(1).buffer()),
        of(site.in(2).buffer()),
        of(site.in(3).buffer()),
        of(vector(scale, site)),
        of(vector(new float[scale.length], site)),
        of(images.buffer()),
        of(site.out(1).buffer()),
        of((long) shape.dim(0)),
        of((long) shape.dim(1) * shape.dim(2)),
        of(shape.dim(3)));
  }

  private static Buffer vector(float[] values, Site site) {
    return site.table(
        values.length * (long) Float.BYTES,
        () -> {
          ByteBuffer bytes =
              ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.nativeOrder());
          bytes.asFloatBuffer().put(values);
          return bytes;
        });
  }
}
