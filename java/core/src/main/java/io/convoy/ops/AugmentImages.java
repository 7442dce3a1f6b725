// SPDX-License-Identifier: Apache-2.0
package io.convoy.ops;

import io.convoy.tensor.DType;
import io.convoy.tensor.TensorSpec;
import java.util.List;

/**
 * Changes each image of a batch at random: all moves are one affine map, so that an image is read
 * once. It has no gradient.
 *
 * <p>Inputs: x FLOAT32 {@code [N,H,W,C]}, iterations INT32 {@code []}. Output: y of x's shape.
 *
 * <p>Of image n, {@link AugmentDraw} draws where each pixel comes from, a contrast c, a brightness
 * b and a box. With v[r,k,channel] = x bilinearly interpolated at the place that (r,k) comes from,
 * where pixels outside the image count as 0:
 *
 * <ul>
 *   <li>u = (v - mean) c + mean + b, clipped to [0, 1], where mean is the channel's in x, image n;
 *       without contrast and brightness u = v;
 *   <li>y = 0 inside the box, else u.
 * </ul>
 *
 * <p>So mirrors and shifts by whole pixels copy pixels exactly, and nothing jumps where a place is
 * rounded otherwise.
 *
 * @param augmentation the limits
 * @param seed Philox key
 * @param stream Philox stream
 */
public record AugmentImages(Augmentation augmentation, long seed, int stream) implements Op {
  private static final int IMAGES_RANK = 4;

  @Override
  public List<TensorSpec> infer(List<TensorSpec> inputs) {
    Checks.count(inputs, 2);
    Checks.dtype(inputs, 0, DType.FLOAT32);
    Checks.dtype(inputs, 1, DType.INT32);
    Checks.rank(inputs, 0, IMAGES_RANK, "[batch, height, width, channels]");
    return inputs.subList(0, 1);
  }
}
