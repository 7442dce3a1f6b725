// SPDX-License-Identifier: Apache-2.0
//
// A batch of images and labels out of a dataset on the device, shuffled and normalised: with
// instance d = order[*position + n],
//   y[n,i,c] = scale[c] images[d,i,c] + shift[c]
//   classes[n] = labels[d]
//
// Shapes: images: [instances, pixels, channels] u8; labels: [instances] i32; order: [>= all
// positions used] i32; position: [1] i32 in device memory; scale, shift: [channels] fp32; y: [batch,
// pixels, channels] of the dtype; classes: [batch] i32. Overwrites. Deterministic.
// Launch: grid ceil(batch * pixels * channels / (256 * PACK)), at least 1; block 256. Any grid is
// right. Packs are used where PACK divides pixels * channels.
#include "layout.cuh"

template <class T>
__device__ void gather(
    const u8* images, const i32* labels, const i32* order, const i32* position,
    const float* scale, const float* shift, T* y, i32* classes, i64 batch, i64 pixels,
    int channels) {
  i64 begin = *position;
  for (i64 n = globalThread(); n < batch; n += globalThreads()) {
    classes[n] = labels[order[begin + n]];
  }
  i64 size = pixels * channels;
  bool vector = size % PACK<T> == 0 && aligned(y);
  forEach<PACK<T>>(batch * size, vector, [=](auto lanes, i64 i) {
    constexpr int N = decltype(lanes)::COUNT;
    i64 n;
    i64 rest;
    divide(i, size, n, rest);
    const u8* image = images + order[begin + n] * size;
    int c = (int)(rest % channels);
    float v[N];
#pragma unroll
    for (int k = 0; k < N; k++) {
      v[k] = scale[c] * image[rest + k] + shift[c];
      c = c + 1 == channels ? 0 : c + 1;
    }
    store(y + i, v);
  });
}

#define KERNELS(NAME, T)                                                                      \
  KERNEL gather_forward_##NAME(                                                               \
      const u8* images, const i32* labels, const i32* order, const i32* position,             \
      const float* scale, const float* shift, T* y, i32* classes, i64 batch, i64 pixels,      \
      int channels) {                                                                         \
    gather(                                                                                   \
        images, labels, order, position, scale, shift, y, classes, batch, pixels, channels);  \
  }
FOR_EACH_DTYPE(KERNELS)
#undef KERNELS
