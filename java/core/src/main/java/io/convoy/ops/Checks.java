// SPDX-License-Identifier: Apache-2.0
package io.convoy.ops;

import io.convoy.tensor.DType;
import io.convoy.tensor.Shape;
import io.convoy.tensor.TensorSpec;
import java.util.List;

/** Conditions on inputs that several ops share. */
final class Checks {
  private Checks() {}

  static void check(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }

  static void count(List<TensorSpec> inputs, int expected) {
    check(inputs.size() == expected, "wants " + expected + " inputs, got " + inputs.size());
  }

  /** Checks that all inputs are of one floating type, and returns it. */
  static DType oneFloat(List<TensorSpec> inputs) {
    DType dtype = inputs.get(0).dtype();
    for (int i = 0; i < inputs.size(); i++) {
      check(dtype.isFloat(), "input 0 must be of a floating type, is " + dtype);
      dtype(inputs, i, dtype);
    }
    return dtype;
  }

  static void floats(List<TensorSpec> inputs) {
    for (int i = 0; i < inputs.size(); i++) {
      dtype(inputs, i, DType.FLOAT32);
    }
  }

  static void dtype(List<TensorSpec> inputs, int i, DType dtype) {
    check(
        inputs.get(i).dtype() == dtype,
        "input " + i + " must be " + dtype + ", is " + inputs.get(i).dtype());
  }

  static Shape rank(List<TensorSpec> inputs, int i, int rank, String layout) {
    Shape shape = inputs.get(i).shape();
    check(shape.rank() == rank, "input " + i + " must be " + layout + ", is " + shape);
    return shape;
  }

  static void same(List<TensorSpec> inputs, int a, int b) {
    Shape first = inputs.get(a).shape();
    Shape second = inputs.get(b).shape();
    check(
        first.accepts(second),
        "inputs " + a + " and " + b + " must have one shape, are " + first + " and " + second);
  }

  static List<TensorSpec> of(DType dtype, int... dims) {
    return List.of(new TensorSpec(dtype, Shape.of(dims)));
  }

  static List<TensorSpec> f32(int... dims) {
    return List.of(TensorSpec.f32(dims));
  }
}
