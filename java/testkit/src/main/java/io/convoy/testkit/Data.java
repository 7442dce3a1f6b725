// SPDX-License-Identifier: Apache-2.0
package io.convoy.testkit;

import java.util.function.DoubleUnaryOperator;

/** Makes the elements of a tensor. */
@FunctionalInterface
public interface Data {
  /** Uniform in [-1, 1). */
  Data UNIT = uniform(-1, 1);

  /**
   * Makes elements.
   *
   * @param count how many
   * @param draws random numbers
   * @return the elements
   */
  float[] make(int count, Draws draws);

  /**
   * Uniform numbers.
   *
   * @param low smallest
   * @param high above all
   * @return the maker
   */
  static Data uniform(float low, float high) {
    return each((i, draws) -> low + (high - low) * draws.uniform());
  }

  /**
   * Of magnitude 0.05 to 1 and either sign: no function with a kink at 0 is near it.
   *
   * @return the maker
   */
  static Data awayFromZero() {
    return each((i, draws) -> (0.05f + 0.95f * draws.uniform()) * (draws.below(2) * 2 - 1));
  }

  /**
   * Different numbers in random order, equally far from each other, none 0: no two compete.
   *
   * @return the maker, of numbers in (-1, 1)
   */
  static Data distinct() {
    return (count, draws) -> {
      float[] values = new float[count];
      for (int i = 0; i < count; i++) {
        int other = draws.below(i + 1);
        values[i] = values[other];
        values[other] = (2 * i + 1.5f) / count - 1;
      }
      return values;
    };
  }

  /**
   * Whole numbers with many equals.
   *
   * @param levels how many different ones, from 0
   * @return the maker
   */
  static Data ties(int levels) {
    return each((i, draws) -> draws.below(levels));
  }

  /**
   * In [-1, 1), but every seventh 20 times as large.
   *
   * @return the maker
   */
  static Data outliers() {
    return each((i, draws) -> (2 * draws.uniform() - 1) * (i % 7 == 3 ? 20 : 1));
  }

  /**
   * Given numbers, from the start again where they don't suffice.
   *
   * @param values the numbers
   * @return the maker
   */
  static Data of(float... values) {
    return each((i, draws) -> values[i % values.length]);
  }

  /**
   * Rows of non-negative numbers that add up to 1.
   *
   * @param columns numbers in a row
   * @return the maker
   */
  static Data distributions(int columns) {
    return (count, draws) -> {
      float[] values = uniform(0, 1).make(count, draws);
      for (int row = 0; row < count; row += columns) {
        float sum = 0;
        for (int i = row; i < row + columns; i++) {
          sum += values[i];
        }
        for (int i = row; i < row + columns; i++) {
          values[i] /= sum;
        }
      }
      return values;
    };
  }

  /**
   * Applies a function to what another maker made.
   *
   * @param data the other maker
   * @param function of one element
   * @return the maker
   */
  static Data mapped(Data data, DoubleUnaryOperator function) {
    return (count, draws) -> {
      float[] values = data.make(count, draws);
      for (int i = 0; i < count; i++) {
        values[i] = (float) function.applyAsDouble(values[i]);
      }
      return values;
    };
  }

  /** Makes one element. */
  @FunctionalInterface
  interface Element {
    /**
     * Makes an element.
     *
     * @param index its row-major index
     * @param draws random numbers
     * @return the element
     */
    float make(int index, Draws draws);
  }

  /**
   * Makes elements one by one.
   *
   * @param element makes one
   * @return the maker
   */
  static Data each(Element element) {
    return (count, draws) -> {
      float[] values = new float[count];
      for (int i = 0; i < count; i++) {
        values[i] = element.make(i, draws);
      }
      return values;
    };
  }
}
