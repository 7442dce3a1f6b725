// SPDX-License-Identifier: Apache-2.0
package io.convoy.initializers;

import io.convoy.random.Philox;
import io.convoy.tensor.Shape;
import java.nio.FloatBuffer;

/**
 * Makes all elements equal.
 *
 * @param value the value of each element
 */
public record ConstantInitializer(float value) implements Initializer {
  @Override
  public void fill(Shape shape, Philox generator, FloatBuffer out) {
    for (long i = shape.elements(); i > 0; i--) {
      out.put(value);
    }
  }

  @Override
  public boolean isRandom() {
    return false;
  }
}
