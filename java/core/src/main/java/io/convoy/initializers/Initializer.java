// SPDX-License-Identifier: Apache-2.0
package io.convoy.initializers;

import io.convoy.random.Philox;
import io.convoy.tensor.Shape;
import java.nio.FloatBuffer;

/** Makes the first value of a variable. */
public interface Initializer {
  /**
   * Fills a variable.
   *
   * @param shape the variable's shape, without an open dimension
   * @param generator its random numbers; block i belongs to elements 4i to 4i+3
   * @param out receives one value per element, row-major, from its position on
   */
  void fill(Shape shape, Philox generator, FloatBuffer out);

  /**
   * Tells whether {@link #fill} uses its generator.
   *
   * @return true if the values are random
   */
  boolean isRandom();

  /**
   * Makes all elements equal.
   *
   * @param value the value of each element
   * @return the initializer
   */
  static Initializer constant(float value) {
    return new ConstantInitializer(value);
  }
}
