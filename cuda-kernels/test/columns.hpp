// SPDX-License-Identifier: Apache-2.0
// The launch of a sum of columns: grid and scratch, by the rule in the kernels' headers.
#pragma once

#include "columns.cuh"
#include "tensors.hpp"

template <class T>
struct ColumnLaunch {
  simt::Dim grid;
  Buffer<float> partials;
  Buffer<u32> counters;

  /**
   * @param vectors whether the tensors are aligned, so that packs are taken if they fit
   * @param quantities values that are summed for each column
   */
  ColumnLaunch(int channels, int parts, bool vectors, int quantities = 1)
      : grid{tiles(channels, vectors), static_cast<unsigned>(parts)},
        partials("partials", size_t(quantities) * parts * channels),
        counters("counters", std::vector<u32>(grid.x, 0)) {}

  bool countersAreZero() const {
    return counters.values() == std::vector<u32>(counters.size(), 0);
  }

 private:
  static unsigned tiles(int channels, bool vectors) {
    int width = vectors && channels % PACK<T> == 0 ? PACK<T> : 1;
    return ceilDiv(channels, BLOCK * width);
  }
};
