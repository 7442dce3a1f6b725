// SPDX-License-Identifier: Apache-2.0
// Tables of segments (segments.cuh) over buffers.
#pragma once

#include "segments.cuh"
#include "tensors.hpp"

/** The table of segments in the making. */
struct SegmentTable {
  std::vector<Segment> segments;
  i64 chunks = 0;

  /** Adds tensors of one length, by address. */
  void add(i64 length, const std::vector<const void*>& tensors, bool wide = false) {
    Segment segment{{}, wide, length, chunks};
    for (size_t i = 0; i < tensors.size(); i++) {
      segment.tensors[i] = reinterpret_cast<u64>(tensors[i]);
    }
    segments.push_back(segment);
    chunks += (length + CHUNK - 1) / CHUNK;
  }
};

/** Lengths that are empty, tiny, odd, of exactly one chunk, and of several with a rest. */
static const std::vector<i64> LENGTHS = {1, 0, 10, 288, CHUNK, CHUNK + 1, 3 * CHUNK - 5, 0};

template <class T>
const void* address(const Buffer<T>& buffer) {
  return static_cast<T*>(buffer);
}

template <class T>
using Buffers = std::vector<std::unique_ptr<Buffer<T>>>;

/** A tensor of random numbers of T or, if it is wide, of fp32. */
template <class T>
struct MixedTensor {
  bool wide;
  Buffers<T> narrow;
  Buffers<float> full;
  Doubles values;

  MixedTensor(const char* name, i64 n, bool wide, size_t shift) : wide(wide) {
    if (wide) {
      full.push_back(std::make_unique<Buffer<float>>(name, normal<float>(n), shift));
      values = toDoubles(full[0]->values());
    } else {
      narrow.push_back(std::make_unique<Buffer<T>>(name, normal<T>(n), shift));
      values = toDoubles(narrow[0]->values());
    }
  }

  const void* memory() const { return wide ? address(*full[0]) : address(*narrow[0]); }
};

/** Whether a segment among LENGTHS is wide: every other. */
inline bool isWide(size_t segment) { return segment % 2 == 1; }
