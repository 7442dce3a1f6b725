// SPDX-License-Identifier: Apache-2.0
package io.convoy.cpu;

import io.convoy.tensor.Shape;
import io.convoy.tensor.TensorSpec;

/**
 * A tensor of a program and where it lies, row-major.
 *
 * @param slot its id in the program
 * @param spec type and shape
 * @param buffer its memory
 */
record Operand(int slot, TensorSpec spec, Buffer buffer) {
  Shape shape() {
    return spec.shape();
  }

  long elements() {
    return spec.shape().elements();
  }
}
