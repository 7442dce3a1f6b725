// SPDX-License-Identifier: Apache-2.0
package io.convoy.compile;

import java.util.List;
import java.util.stream.Stream;

/**
 * A product.
 *
 * @param number its part that is known while compiling
 * @param slots ids of the tensors that it is multiplied by, in order
 */
record Factors(float number, List<Integer> slots) {
  static Factors ofNumber(float number) {
    return new Factors(number, List.of());
  }

  static Factors ofSlot(int slot) {
    return new Factors(1, List.of(slot));
  }

  Factors times(Factors other) {
    List<Integer> all = Stream.concat(slots.stream(), other.slots.stream()).toList();
    return new Factors(number * other.number, all);
  }
}
