// SPDX-License-Identifier: Apache-2.0
//
// What the two APIs of the stand-in for cuDNN share.
#pragma once

#include "convolution.hpp"

#define API extern "C" __attribute__((visibility("default")))

namespace standin {

constexpr int SUCCESS = 0;
constexpr int BAD_PARAM = 2000;
constexpr int NOT_SUPPORTED = 3000;
constexpr int ALLOC_FAILED = 4001;
constexpr int EXECUTION_FAILED = 5000;

constexpr int CROSS_CORRELATION = 1;
constexpr size_t WORKSPACE = 1 << 20;

struct Handle {
  void* stream = nullptr;
};

/** The type of a cudnnDataType_t; false for those that the stand-in doesn't know. */
inline bool toType(int64_t cudnnDataType, Type& type) {
  constexpr int64_t BF16 = 9;
  return toType(cudnnDataType, BF16, type);
}

}  // namespace standin
