// SPDX-License-Identifier: Apache-2.0
package io.convoy.data;

import io.convoy.tensor.Shape;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.Optional;

/** Another dataset seen otherwise, without copying data: what a view does not say is as there. */
interface DatasetView extends Dataset {
  /** The other dataset. */
  Dataset whole();

  /** Where in the other dataset an instance of this one is. */
  default int place(int index) {
    return index;
  }

  @Override
  default int size() {
    return whole().size();
  }

  @Override
  default Shape instanceShape() {
    return whole().instanceShape();
  }

  @Override
  default int classes() {
    return whole().classes();
  }

  @Override
  default DatasetInfo info() {
    return whole().info();
  }

  @Override
  default int label(int index) {
    return whole().label(place(index));
  }

  @Override
  default boolean isWeighted() {
    return whole().isWeighted();
  }

  @Override
  default float weight(int index) {
    return whole().weight(place(index));
  }

  @Override
  default void copy(int index, int row, FloatBuffer features, IntBuffer labels) {
    whole().copy(place(index), row, features, labels);
  }

  @Override
  default Optional<PackedImages.Part> packed() {
    return whole()
        .packed()
        .map(p -> new PackedImages.Part(p.images(), i -> p.places().applyAsInt(place(i))));
  }
}
