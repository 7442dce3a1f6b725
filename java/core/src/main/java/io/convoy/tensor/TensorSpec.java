// SPDX-License-Identifier: Apache-2.0
package io.convoy.tensor;

import java.util.Objects;

/**
 * What is known of a tensor before there is data.
 *
 * @param dtype element type
 * @param shape dimensions, outermost first
 */
public record TensorSpec(DType dtype, Shape shape) {
  /** The output of ops that only act: no elements, no bytes. */
  public static final TensorSpec TOKEN = new TensorSpec(DType.INT32, Shape.of(0));

  /**
   * Checks that both parts are there.
   *
   * @param dtype the component
   * @param shape the component
   */
  public TensorSpec {
    Objects.requireNonNull(dtype, "dtype");
    Objects.requireNonNull(shape, "shape");
  }

  /**
   * Makes a FLOAT32 spec.
   *
   * @param dims dimensions, outermost first
   * @return the spec
   */
  public static TensorSpec f32(int... dims) {
    return new TensorSpec(DType.FLOAT32, Shape.of(dims));
  }

  /**
   * Makes an INT32 spec.
   *
   * @param dims dimensions, outermost first
   * @return the spec
   */
  public static TensorSpec i32(int... dims) {
    return new TensorSpec(DType.INT32, Shape.of(dims));
  }

  /**
   * Replaces dimension 0.
   *
   * @param batch its new size
   * @return the new spec
   */
  public TensorSpec withBatch(int batch) {
    return new TensorSpec(dtype, shape.withBatch(batch));
  }

  /**
   * Returns the size of the dense tensor.
   *
   * @return size in bytes
   * @throws IllegalStateException if the batch dimension is open
   * @throws ArithmeticException if it exceeds 2^63-1
   */
  public long bytes() {
    return Math.multiplyExact(shape.elements(), (long) dtype.bytes());
  }

  @Override
  public String toString() {
    return dtype + " " + shape;
  }
}
