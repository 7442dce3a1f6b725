// SPDX-License-Identifier: Apache-2.0
//
// Tensors in the GPU's memory as numbers of the host.
#pragma once

#include <cstdint>
#include <cstring>
#include <vector>

#include "device.hpp"

namespace standin {

enum class Type { FP32, BF16, FP16 };

using Doubles = std::vector<double>;

/**
 * The type of a library's number for it; false for those that the stand-ins don't know.
 *
 * @param bf16 that library's number for bf16: of the others all have the same
 */
inline bool toType(int64_t number, int64_t bf16, Type& type) {
  constexpr int64_t FP32 = 0;
  constexpr int64_t FP16 = 2;
  type = number == FP32 ? Type::FP32 : number == FP16 ? Type::FP16 : Type::BF16;
  return number == FP32 || number == FP16 || number == bf16;
}

inline size_t width(Type type) { return type == Type::FP32 ? 4 : 2; }

inline uint32_t bitsOf(float value) {
  uint32_t bits;
  std::memcpy(&bits, &value, sizeof(bits));
  return bits;
}

inline float floatOf(uint32_t bits) {
  float value;
  std::memcpy(&value, &bits, sizeof(value));
  return value;
}

/** Leaves out so many of the last bits, to the nearest, ties to even; not for NaN. */
inline uint32_t withoutLast(int count, uint32_t bits) {
  uint32_t half = (1u << (count - 1)) - 1;
  return (bits + half + (bits >> count & 1)) >> count << count;
}

/** What tensor cores make of a factor: 10 bits behind the point. */
inline double tf32(double value) { return floatOf(withoutLast(13, bitsOf(static_cast<float>(value)))); }

/** Puts an element behind others. */
inline void append(double value, Type type, std::vector<char>& bytes) {
  auto single = static_cast<float>(value);
  uint32_t bits = bitsOf(single);
  if (type == Type::BF16) {
    bits = (single == single ? withoutLast(16, bits) : bits) >> 16;
  } else if (type == Type::FP16) {
    auto half = static_cast<_Float16>(single);
    std::memcpy(&bits, &half, sizeof(half));
  }
  const char* begin = reinterpret_cast<const char*>(&bits);
  bytes.insert(bytes.end(), begin, begin + width(type));
}

inline double element(const char* bytes, Type type) {
  if (type == Type::FP16) {
    _Float16 half;
    std::memcpy(&half, bytes, sizeof(half));
    return half;
  }
  uint32_t bits = 0;
  std::memcpy(&bits, bytes, width(type));
  return floatOf(type == Type::BF16 ? bits << 16 : bits);
}

inline Doubles readTensor(const void* device, size_t count, Type type) {
  std::vector<char> bytes(count * width(type));
  read(reinterpret_cast<uint64_t>(device), bytes.data(), bytes.size());
  Doubles values;
  for (size_t i = 0; i < count; i++) values.push_back(element(&bytes[i * width(type)], type));
  return values;
}

/** A tensor that is multiplied, as tensor cores take it if they do. */
inline Doubles readFactor(const void* device, size_t count, Type type, bool asTf32) {
  Doubles values = readTensor(device, count, type);
  for (double& value : values) value = asTf32 ? tf32(value) : value;
  return values;
}

inline void writeTensor(void* device, const Doubles& values, Type type) {
  std::vector<char> bytes;
  for (double value : values) append(value, type, bytes);
  write(reinterpret_cast<uint64_t>(device), bytes.data(), bytes.size());
}

}  // namespace standin
