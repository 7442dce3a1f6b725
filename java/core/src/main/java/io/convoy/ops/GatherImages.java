// SPDX-License-Identifier: Apache-2.0
package io.convoy.ops;

import io.convoy.tensor.DType;
import io.convoy.tensor.Shape;
import io.convoy.tensor.TensorSpec;
import java.util.List;

/**
 * A batch of images and their labels out of a data set on the device: with d = order[position + n],
 * images[n] = pixels[d] / 255 and classes[n] = labels[d]. Made by compile passes, never by users.
 *
 * <p>Inputs: pixels, UINT8 {@code [instances, height, width, channels]}; labels, INT32 {@code
 * [instances]}; order, INT32 {@code [any]}, each from 0 to instances - 1; position, an INT32 scalar
 * from 0 to the order's length - batch. Whoever writes order and position sees to their limits.
 * Outputs: images {@code [batch, height, width, channels]}; classes, INT32 {@code [batch]}.
 *
 * @param batch instances that are gathered, at least 1
 * @param dtype type of the gathered images, a floating one
 */
public record GatherImages(int batch, DType dtype) implements Op {
  /** What the byte 255 becomes 1 by. */
  public static final float SCALE = 1 / 255f;

  private static final int IMAGES_RANK = 4;

  /**
   * Checks the type.
   *
   * @param batch the component
   * @param dtype the component
   */
  public GatherImages {
    Checks.check(dtype.isFloat(), "images become floating point numbers, not " + dtype);
  }

  @Override
  public List<TensorSpec> infer(List<TensorSpec> inputs) {
    Checks.count(inputs, 4);
    Shape pixels = inputs.get(0).shape();
    TensorSpec order = inputs.get(2);
    Checks.check(
        inputs.get(0).dtype() == DType.UINT8 && pixels.rank() == IMAGES_RANK,
        "pixels must be UINT8 [instances, height, width, channels]");
    Checks.check(
        inputs.get(1).equals(TensorSpec.i32(pixels.dim(0))), "every image takes one INT32 label");
    Checks.check(
        order.dtype() == DType.INT32 && order.shape().rank() == 1, "the order must be INT32 [any]");
    Checks.check(inputs.get(3).equals(TensorSpec.i32()), "the position must be an INT32 scalar");
    Checks.check(
        batch > 0 && batch <= order.shape().dim(0),
        "a batch has from 1 instance to as many as the order");
    return List.of(new TensorSpec(dtype, pixels.withBatch(batch)), TensorSpec.i32(batch));
  }
}
