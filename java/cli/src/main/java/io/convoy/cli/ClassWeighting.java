// SPDX-License-Identifier: Apache-2.0
package io.convoy.cli;

import io.convoy.data.ClassWeights;
import io.convoy.data.Dataset;
import java.util.Locale;
import java.util.Map;

/** What {@code --class-weight} takes. */
enum ClassWeighting {
  NONE,
  BALANCED;

  Map<Integer, Double> of(Dataset train) {
    return this == BALANCED ? ClassWeights.balanced(train) : Map.of();
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
