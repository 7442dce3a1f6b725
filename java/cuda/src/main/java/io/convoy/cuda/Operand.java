// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda;

import io.convoy.cuda.device.Buffer;
import io.convoy.cuda.device.Grid;
import io.convoy.tensor.Shape;
import io.convoy.tensor.TensorSpec;

/**
 * A tensor of a program and how it lies on the device, dense.
 *
 * @param spec shape, and the type that it is stored in
 * @param buffer its memory
 * @param order how its elements follow each other
 */
record Operand(TensorSpec spec, Buffer buffer, Order order) {
  private static final int PACK_BYTES = 16;

  /** Its type in the names of kernels. */
  String type() {
    return switch (spec.dtype()) {
      case BFLOAT16 -> "bf16";
      case FLOAT16 -> "f16";
      default -> "f32";
    };
  }

  /** Bytes of an element. */
  int width() {
    return spec.dtype().bytes();
  }

  /** Elements in 16 bytes: PACK in cuda-kernels/include/vector.cuh. */
  int pack() {
    return PACK_BYTES / width();
  }

  /** The grid of kernels that walk over its elements in packs. */
  Grid packs() {
    return Grid.of(Site.ceil(elements(), (long) Site.BLOCK * pack()));
  }

  /** Its innermost axis: K of a filter. */
  int channels() {
    return shape().dim(-1);
  }

  /** The product of all other axes: the taps of a filter. */
  long rows() {
    return elements() / channels();
  }

  Shape shape() {
    return spec.shape();
  }

  /** Whether its elements follow each other so; those of a vector do in both orders. */
  boolean liesIn(Order wanted) {
    return order == wanted || elements() == 1 || channels() == 1 || rows() == 1;
  }

  long elements() {
    return spec.shape().elements();
  }
}
