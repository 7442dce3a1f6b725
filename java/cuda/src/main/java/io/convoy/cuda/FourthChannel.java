// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda;

import static io.convoy.cuda.device.Argument.of;
import static io.convoy.cuda.device.Argument.to;

import io.convoy.compile.Precision;
import io.convoy.cuda.device.Access;
import io.convoy.ops.ConvSpec;
import io.convoy.tensor.Shape;
import io.convoy.tensor.TensorSpec;

/**
 * Images of 3 colours with a fourth channel of zeros, and filters for them. For tensor cores,
 * NVIDIA's guide to convolutional layers asks for a multiple of 4 channels in TF32 and of 8 in 16
 * bits, and says that for images of 3 channels 4 are enough with a stride of 2. With a stride of 1
 * it was not measured.
 */
final class FourthChannel {
  private static final int COLOURS = 3;

  private FourthChannel() {}

  /** Whether a convolution of an image is one for tensor cores that lacks it. */
  static boolean isMissing(ConvSpec spec, Operand image, Site site) {
    return image.shape().dim(3) == COLOURS
        && spec.groups() == 1
        && site.precision(image) != Precision.FP32;
  }

  /** Input 0 [N,H,W,3] as [N,H,W,4], once in a plan. */
  static Operand image(Site site) {
    return site.once(
        0,
        image -> {
          Operand padded = site.temporary(with(image, 3));
          pad(image, padded, site);
          return padded;
        });
  }

  /** A filter [kh,kw,3,K] as [kh,kw,4,K], both in {@link Order#FILTER}. */
  static Operand filter(Operand filter, Site site) {
    Operand padded = room(filter, site);
    pad(filter, padded, site);
    return padded;
  }

  /** Memory for what {@link #filter} makes of a filter. */
  static Operand room(Operand filter, Site site) {
    TensorSpec spec = with(filter, 2);
    return new Operand(spec, site.scratch(spec.bytes()), Order.FILTER);
  }

  private static TensorSpec with(Operand tensor, int axis) {
    int[] dims = tensor.shape().dims();
    dims[axis]++;
    return new TensorSpec(tensor.spec().dtype(), Shape.of(dims));
  }

  /** In both orders channels are innermost. */
  private static void pad(Operand from, Operand to, Site site) {
    long outer = from.elements() / COLOURS;
    Layout.pad(from.buffer(), to.buffer(), outer, COLOURS, 0, 1, 1, from, site);
  }

  /** Leaves the fourth channel of a filter out. */
  static void cut(Operand padded, Operand filter, Site site) {
    long outer = filter.elements() / COLOURS;
    Walk walk = new Walk().axis(outer, COLOURS + 1, COLOURS).axis(COLOURS, 1, 1);
    Access from = Access.read(padded.buffer(), filter.buffer().bytes());
    Layout.copy(of(from), to(filter.buffer()), filter.elements(), filter, walk, site);
  }
}
