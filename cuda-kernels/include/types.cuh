// SPDX-License-Identifier: Apache-2.0
//
// Element types. The maths of every kernel is fp32; bf16 and fp16 are only how tensors are stored.
// NVRTC has no headers of the CUDA toolkit or of C, so nothing here includes any.
#pragma once

typedef unsigned char u8;
typedef unsigned short u16;
typedef unsigned int u32;
typedef unsigned long long u64;
typedef int i32;
typedef long long i64;

/** The upper half of an fp32. */
struct bf16 {
  u16 bits;
};

/** IEEE 754 binary16. */
struct f16 {
  u16 bits;
};

/** Defines a kernel for each storage type: KERNEL(name in the kernel's name, type). */
#define FOR_EACH_DTYPE(KERNEL) KERNEL(f32, float) KERNEL(bf16, bf16) KERNEL(f16, f16)

inline __device__ float infinity() { return __uint_as_float(0x7f800000u); }
inline __device__ float quietNan() { return __uint_as_float(0x7fffffffu); }

inline __device__ float toFloat(float x) { return x; }
inline __device__ float toFloat(bf16 x) { return __uint_as_float((u32)x.bits << 16); }

inline __device__ float toFloat(f16 x) {
#ifdef __CUDA_ARCH__
  float y;
  asm("cvt.f32.f16 %0, %1;" : "=f"(y) : "h"(x.bits));
  return y;
#else
  return simt::halfToFloat(x.bits);
#endif
}

/** Rounds to the nearest, ties to even, as all conversions here do. */
template <class T>
__device__ T fromFloat(float x);

template <>
inline __device__ float fromFloat<float>(float x) {
  return x;
}

template <>
inline __device__ bf16 fromFloat<bf16>(float x) {
#if defined(__CUDA_ARCH__) && __CUDA_ARCH__ >= 800
  u16 bits;
  asm("cvt.rn.bf16.f32 %0, %1;" : "=h"(bits) : "f"(x));
  return bf16{bits};
#else
  u32 bits = __float_as_uint(x);
  bool nan = (bits & 0x7fffffffu) > 0x7f800000u;
  u32 rounded = bits + 0x7fffu + (bits >> 16 & 1);
  return bf16{(u16)(nan ? 0x7fffu : rounded >> 16)};
#endif
}

template <>
inline __device__ f16 fromFloat<f16>(float x) {
#ifdef __CUDA_ARCH__
  u16 bits;
  asm("cvt.rn.f16.f32 %0, %1;" : "=h"(bits) : "f"(x));
  return f16{bits};
#else
  return f16{simt::floatToHalf(x)};
#endif
}
