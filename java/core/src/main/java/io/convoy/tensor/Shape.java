// SPDX-License-Identifier: Apache-2.0
package io.convoy.tensor;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * The dimensions of a tensor, outermost first. Dimension 0 may be {@link #UNKNOWN}: the batch, open
 * until a graph is compiled for a concrete size. Immutable.
 */
public final class Shape {
  /** Marks the open batch dimension; prints as {@code ?}. */
  public static final int UNKNOWN = -1;

  private static final Shape SCALAR = new Shape(new int[0]);

  private final int[] dims;

  private Shape(int[] dims) {
    this.dims = dims;
  }

  /**
   * Makes a shape.
   *
   * @param dims dimensions, outermost first; each at least 0, the first may be {@link #UNKNOWN}
   * @return the shape
   * @throws IllegalArgumentException if a dimension is negative, or unknown other than the first
   */
  public static Shape of(int... dims) {
    for (int i = 0; i < dims.length; i++) {
      if (dims[i] < 0 && !(i == 0 && dims[i] == UNKNOWN)) {
        throw new IllegalArgumentException(
            "shape "
                + Arrays.toString(dims)
                + ": dimension "
                + i
                + " must not be negative (only dimension 0 may be -1, the open batch)");
      }
    }
    return dims.length == 0 ? SCALAR : new Shape(dims.clone());
  }

  /**
   * Returns the shape of a single number.
   *
   * @return the shape without dimensions
   */
  public static Shape scalar() {
    return SCALAR;
  }

  /**
   * Returns the number of dimensions.
   *
   * @return rank, 0 for a scalar
   */
  public int rank() {
    return dims.length;
  }

  /**
   * Returns one dimension.
   *
   * @param axis index from the front, or from the back when negative (-1 is the innermost)
   * @return its size in elements, or {@link #UNKNOWN}
   */
  public int dim(int axis) {
    return dims[axis < 0 ? axis + dims.length : axis];
  }

  /**
   * Returns all dimensions.
   *
   * @return a copy, outermost first
   */
  public int[] dims() {
    return dims.clone();
  }

  /**
   * Tells whether the batch dimension is bound.
   *
   * @return true if no dimension is {@link #UNKNOWN}
   */
  public boolean isKnown() {
    return dims.length == 0 || dims[0] != UNKNOWN;
  }

  /**
   * Returns the number of elements.
   *
   * @return product of the dimensions, 1 for a scalar
   * @throws IllegalStateException if the batch dimension is open
   * @throws ArithmeticException if the product exceeds 2^63-1
   */
  public long elements() {
    if (!isKnown()) {
      throw new IllegalStateException("shape " + this + " has an open batch dimension");
    }
    long n = 1;
    for (int d : dims) {
      n = Math.multiplyExact(n, (long) d);
    }
    return n;
  }

  /**
   * Returns the number of elements behind the first dimension.
   *
   * @return product of all dimensions but the first, 1 for rank 0 or 1
   */
  public int elementsPerRow() {
    int n = 1;
    for (int i = 1; i < dims.length; i++) {
      n = Math.multiplyExact(n, dims[i]);
    }
    return n;
  }

  /**
   * Puts an open batch dimension in front.
   *
   * @return {@code [?, ...]}, one rank higher
   */
  public Shape batched() {
    int[] batched = new int[dims.length + 1];
    batched[0] = UNKNOWN;
    System.arraycopy(dims, 0, batched, 1, dims.length);
    return of(batched);
  }

  /**
   * Replaces dimension 0.
   *
   * @param batch its new size, or {@link #UNKNOWN}
   * @return the new shape
   */
  public Shape withBatch(int batch) {
    int[] copy = dims.clone();
    copy[0] = batch;
    return of(copy);
  }

  /**
   * Tells whether a tensor of shape {@code other} can stand where this shape is declared.
   *
   * @param other a shape
   * @return true if ranks agree and every dimension is equal or open on one side
   */
  public boolean accepts(Shape other) {
    if (dims.length != other.dims.length) {
      return false;
    }
    for (int i = 0; i < dims.length; i++) {
      if (dims[i] != other.dims[i] && dims[i] != UNKNOWN && other.dims[i] != UNKNOWN) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Shape && Arrays.equals(dims, ((Shape) o).dims);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(dims);
  }

  @Override
  public String toString() {
    return Arrays.stream(dims)
        .mapToObj(d -> d == UNKNOWN ? "?" : Integer.toString(d))
        .collect(Collectors.joining(", ", "[", "]"));
  }
}
