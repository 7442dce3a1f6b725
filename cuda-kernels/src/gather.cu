// SPDX-License-Identifier: Apache-2.0
//
// A batch of images and labels out of a dataset on the device, shuffled and scaled: with instance
// d = order[*position + n],
//   y[n,i] = scale images[d,i]
//   classes[n] = labels[d]
//
// Shapes: images: [instances, size] u8; labels: [instances] i32; order: [>= all positions used] i32;
// position: [1] i32 in device memory; y: [batch, size] of the dtype; classes: [batch] i32. Maths in
// fp32. Overwrites. Deterministic.
// Launch: grid ceil(batch * size / (256 * PACK)), at least 1; block 256. Any grid is right. Packs are
// used where PACK divides size.
#include "layout.cuh"

template <class T>
__device__ void gather(
    const u8* images, const i32* labels, const i32* order, const i32* position, T* y,
    i32* classes, i64 batch, i64 size, float scale) {
  i64 begin = *position;
  for (i64 n = globalThread(); n < batch; n += globalThreads()) {
    classes[n] = labels[order[begin + n]];
  }
  bool vector = size % PACK<T> == 0 && aligned(y);
  forEach<PACK<T>>(batch * size, vector, [=](auto lanes, i64 i) {
    constexpr int N = decltype(lanes)::COUNT;
    i64 n;
    i64 rest;
    divide(i, size, n, rest);
    const u8* image = images + order[begin + n] * size;
    float v[N];
#pragma unroll
    for (int k = 0; k < N; k++) {
      v[k] = scale * image[rest + k];
    }
    store(y + i, v);
  });
}

#define KERNELS(NAME, T)                                                                      \
  KERNEL gather_forward_##NAME(                                                               \
      const u8* images, const i32* labels, const i32* order, const i32* position, T* y,       \
      i32* classes, i64 batch, i64 size, float scale) {                                       \
    gather(images, labels, order, position, y, classes, batch, size, scale);                  \
  }
FOR_EACH_DTYPE(KERNELS)
#undef KERNELS
