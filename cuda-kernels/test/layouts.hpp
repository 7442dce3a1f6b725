// SPDX-License-Identifier: Apache-2.0
// Layout tables (layout.cuh) and positions, in plain loops.
#pragma once

#include "layout.cuh"
#include "tensors.hpp"

using Longs = std::vector<i64>;

inline i64 product(const Longs& dims) {
  i64 p = 1;
  for (i64 d : dims) p *= d;
  return p;
}

inline Longs rowMajor(const Longs& dims) {
  Longs strides(dims.size());
  i64 stride = 1;
  for (size_t axis = dims.size(); axis-- > 0;) {
    strides[axis] = stride;
    stride *= dims[axis];
  }
  return strides;
}

/** Strides of a tensor whose axes of length 1 are repeated. */
inline Longs repeated(const Longs& dims) {
  Longs strides = rowMajor(dims);
  for (size_t axis = 0; axis < dims.size(); axis++) {
    if (dims[axis] == 1) strides[axis] = 0;
  }
  return strides;
}

inline Longs tableOf(const Longs& lengths, const std::vector<Longs>& strides) {
  Longs table = lengths;
  for (const Longs& s : strides) table.insert(table.end(), s.begin(), s.end());
  return table;
}

inline i64 offsetOf(i64 i, const Longs& lengths, const Longs& strides) {
  i64 offset = 0;
  for (size_t axis = lengths.size(); axis-- > 0;) {
    offset += i % lengths[axis] * strides[axis];
    i /= lengths[axis];
  }
  return offset;
}
