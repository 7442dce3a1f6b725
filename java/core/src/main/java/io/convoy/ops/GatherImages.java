// SPDX-License-Identifier: Apache-2.0
package io.convoy.ops;

import io.convoy.tensor.DType;
import io.convoy.tensor.Shape;
import io.convoy.tensor.TensorSpec;
import java.util.List;

/**
 * A batch of images and their labels out of a data set on the device: with d = order[n], images[n]
 * = pixels[d] / 255 and classes[n] = labels[d]. Made by compile passes, never by users.
 *
 * <p>Inputs: pixels, UINT8 {@code [instances, height, width, channels]}; labels, INT32 {@code
 * [instances]}; order, INT32 {@code [batch]}, each from 0 to instances - 1, which whoever feeds it
 * sees to. Outputs: images, FLOAT32 {@code [batch, height, width, channels]}; classes, INT32 {@code
 * [batch]}.
 */
public record GatherImages() implements Op {
  /** What the byte 255 becomes 1 by. */
  public static final float SCALE = 1 / 255f;

  private static final int IMAGES_RANK = 4;

  @Override
  public List<TensorSpec> infer(List<TensorSpec> inputs) {
    Checks.count(inputs, 3);
    Shape pixels = inputs.get(0).shape();
    Shape order = inputs.get(2).shape();
    boolean types =
        inputs.get(0).dtype() == DType.UINT8
            && inputs.get(1).dtype() == DType.INT32
            && inputs.get(2).dtype() == DType.INT32;
    Checks.check(
        types && pixels.rank() == IMAGES_RANK && order.rank() == 1,
        "pixels must be UINT8 [instances, height, width, channels], labels and order INT32 vectors");
    Checks.check(
        inputs.get(1).shape().equals(Shape.of(pixels.dim(0))), "every image takes one label");
    return List.of(
        new TensorSpec(DType.FLOAT32, pixels.withBatch(order.dim(0))),
        new TensorSpec(DType.INT32, order));
  }
}
