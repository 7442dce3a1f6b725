// SPDX-License-Identifier: Apache-2.0
package io.convoy.tensor;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;

/**
 * A dense tensor in host memory, row-major in native byte order: what is fed to a session and what
 * it returns. At most 2^31-1 bytes.
 */
public final class Tensor {
  private final TensorSpec spec;
  private final ByteBuffer data;

  private Tensor(TensorSpec spec, ByteBuffer data) {
    this.spec = spec;
    this.data = data;
  }

  /**
   * Makes a tensor of zeros.
   *
   * @param spec its type and shape
   * @return the tensor
   * @throws IllegalArgumentException if it would exceed 2^31-1 bytes
   */
  public static Tensor zeros(TensorSpec spec) {
    long bytes = spec.bytes();
    if (bytes > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "a host tensor " + spec + " needs " + bytes + " bytes; at most 2^31-1 are possible");
    }
    ByteBuffer data = ByteBuffer.allocateDirect((int) bytes).order(ByteOrder.nativeOrder());
    return new Tensor(spec, data);
  }

  /**
   * Makes a FLOAT32 tensor.
   *
   * @param values its elements, row-major; copied
   * @param dims its shape
   * @return the tensor
   * @throws IllegalArgumentException if the count of values does not fit the shape
   */
  public static Tensor of(float[] values, int... dims) {
    Tensor t = zeros(checked(TensorSpec.f32(dims), values.length));
    t.floatBuffer().put(values);
    return t;
  }

  /**
   * Makes an INT32 tensor.
   *
   * @param values its elements, row-major; copied
   * @param dims its shape
   * @return the tensor
   * @throws IllegalArgumentException if the count of values does not fit the shape
   */
  public static Tensor of(int[] values, int... dims) {
    Tensor t = zeros(checked(TensorSpec.i32(dims), values.length));
    t.intBuffer().put(values);
    return t;
  }

  /**
   * Makes a FLOAT32 scalar.
   *
   * @param value its value
   * @return the tensor
   */
  public static Tensor scalar(float value) {
    return of(new float[] {value});
  }

  private static TensorSpec checked(TensorSpec spec, int count) {
    if (spec.shape().elements() != count) {
      throw new IllegalArgumentException(
          count + " values do not fill a tensor of shape " + spec.shape());
    }
    return spec;
  }

  /**
   * Returns type and shape.
   *
   * @return the spec
   */
  public TensorSpec spec() {
    return spec;
  }

  /**
   * Gives the elements another shape; changes show in both tensors.
   *
   * @param dims a shape of as many elements
   * @return a view
   * @throws IllegalArgumentException if the count does not fit
   */
  public Tensor reshaped(int... dims) {
    Shape shape = Shape.of(dims);
    if (shape.elements() != spec.shape().elements()) {
      throw new IllegalArgumentException(spec + " can't become " + shape);
    }
    return new Tensor(new TensorSpec(spec.dtype(), shape), data);
  }

  /**
   * Returns the elements' bytes; changes show in the tensor.
   *
   * @return a fresh view from the first to the last byte, native byte order
   */
  public ByteBuffer bytes() {
    return data.duplicate().order(ByteOrder.nativeOrder()).clear();
  }

  /**
   * Returns the elements; changes show in the tensor.
   *
   * @return a fresh view of all of them, row-major
   * @throws IllegalStateException if the tensor is not FLOAT32
   */
  public FloatBuffer floatBuffer() {
    require(DType.FLOAT32);
    return bytes().asFloatBuffer();
  }

  /**
   * Returns the elements; changes show in the tensor.
   *
   * @return a fresh view of all of them, row-major
   * @throws IllegalStateException if the tensor is not INT32
   */
  public IntBuffer intBuffer() {
    require(DType.INT32);
    return bytes().asIntBuffer();
  }

  /**
   * Copies the elements out.
   *
   * @return the values, row-major
   * @throws IllegalStateException if the tensor is not FLOAT32
   */
  public float[] floats() {
    FloatBuffer all = floatBuffer();
    float[] out = new float[all.capacity()];
    all.get(out);
    return out;
  }

  /**
   * Copies the elements out.
   *
   * @return the values, row-major
   * @throws IllegalStateException if the tensor is not INT32
   */
  public int[] ints() {
    IntBuffer all = intBuffer();
    int[] out = new int[all.capacity()];
    all.get(out);
    return out;
  }

  /**
   * Returns the only element.
   *
   * @return its value
   * @throws IllegalStateException if the tensor is not a FLOAT32 with one element
   */
  public float item() {
    float[] all = floats();
    if (all.length != 1) {
      throw new IllegalStateException("item() wants one element, the tensor is " + spec);
    }
    return all[0];
  }

  private void require(DType dtype) {
    if (spec.dtype() != dtype) {
      throw new IllegalStateException("the tensor is " + spec + ", not " + dtype);
    }
  }

  @Override
  public String toString() {
    return "Tensor(" + spec + ")";
  }
}
