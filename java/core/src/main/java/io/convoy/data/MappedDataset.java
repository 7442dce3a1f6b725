// SPDX-License-Identifier: Apache-2.0
package io.convoy.data;

import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.Optional;

/** Another dataset whose features are changed when they are copied. */
record MappedDataset(Dataset whole, FeatureFunction function) implements DatasetView {
  @Override
  public void copy(int index, int row, FloatBuffer features, IntBuffer labels) {
    whole.copy(index, row, features, labels);
    int size = (int) instanceShape().elements();
    function.apply(features, row * size, (row + 1) * size);
  }

  @Override
  public Optional<PackedImages.Part> packed() {
    return Optional.empty();
  }
}
