// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda;

import io.convoy.cuda.device.Buffer;
import io.convoy.tensor.Shape;
import io.convoy.tensor.TensorSpec;

/**
 * A tensor of a program and where it lies on the device, row-major.
 *
 * @param spec type and shape
 * @param buffer its memory
 */
record Operand(TensorSpec spec, Buffer buffer) {
  Shape shape() {
    return spec.shape();
  }

  long elements() {
    return spec.shape().elements();
  }
}
