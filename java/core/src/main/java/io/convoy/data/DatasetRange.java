// SPDX-License-Identifier: Apache-2.0
package io.convoy.data;

import io.convoy.tensor.Shape;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.Objects;
import java.util.Optional;

/** Instances {@code from} to {@code to - 1} of another dataset. */
record DatasetRange(Dataset whole, int from, int to) implements Dataset {
  DatasetRange {
    Objects.checkFromToIndex(from, to, whole.size());
    if (from == to) {
      throw new IllegalArgumentException("instances " + from + " to " + to + ": an empty range");
    }
  }

  @Override
  public int size() {
    return to - from;
  }

  @Override
  public Shape instanceShape() {
    return whole.instanceShape();
  }

  @Override
  public int classes() {
    return whole.classes();
  }

  @Override
  public int label(int index) {
    return whole.label(from + Objects.checkIndex(index, size()));
  }

  @Override
  public void copy(int index, int row, FloatBuffer features, IntBuffer labels) {
    whole.copy(from + Objects.checkIndex(index, size()), row, features, labels);
  }

  @Override
  public Optional<PackedImages.Part> packed() {
    return whole.packed().map(p -> new PackedImages.Part(p.images(), p.first() + from));
  }
}
