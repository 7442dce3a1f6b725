// SPDX-License-Identifier: Apache-2.0
package io.convoy.report;

import io.convoy.tensor.Shape;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Numbers and shapes for people, the same on every machine. */
final class Words {
  private Words() {}

  /** Such as 1,234,567. */
  static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  static String fixed(double number, int decimals) {
    return String.format(Locale.ROOT, "%." + decimals + "f", number);
  }

  /** A batch's shape without the batch, such as 28 × 28 × 1. */
  static String instance(Shape batch) {
    return Arrays.stream(batch.dims())
        .skip(1)
        .mapToObj(Integer::toString)
        .collect(Collectors.joining(" × "));
  }
}
