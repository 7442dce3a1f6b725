// SPDX-License-Identifier: Apache-2.0
package io.convoy.cpu;

import io.convoy.backend.Resources;
import io.convoy.tensor.Shape;
import io.convoy.tensor.TensorSpec;

/**
 * A tensor of a program and where it lies.
 *
 * @param slot its id in the program, or -1
 * @param spec type and shape
 * @param buffer its memory
 * @param format the order of its elements; row-major unless it has the four axes of images
 */
record Operand(int slot, TensorSpec spec, Buffer buffer, Format format) {
  /** Row-major. */
  Operand(int slot, TensorSpec spec, Buffer buffer) {
    this(slot, spec, buffer, Format.NHWC);
  }

  Shape shape() {
    return spec.shape();
  }

  /** An image's layout. */
  MemoryDesc image(Resources owner) {
    return format.of(shape(), owner);
  }

  long elements() {
    return spec.shape().elements();
  }
}
