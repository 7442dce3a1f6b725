// SPDX-License-Identifier: Apache-2.0
//
// A batch of images and labels out of a dataset on the device, shuffled, cropped, mirrored, and
// normalised: with instance d = order[*position + n],
//   y[n,r,w,c] = scale[c] images[d, r + rowOf(d), columnOf(w, d), c] + shift[c], where what lies
//                outside the image counts as 0 before scaling
//   classes[n] = labels[d]
// crop 0: the middle is cut out. crop 1: rowOf and columnOf begin anywhere in the image padded by
// `padding` zeros on each side. flip 1: half of the images are mirrored left to right. The draws
// are words of Philox block d in (stream, *epoch): word 0 the row, word 1 the column, each the high
// half of word * choices, and the top bit of word 2 the mirror. So an instance looks the same in
// whatever batch of the epoch it comes.
//
// Shapes: images: [instances, inHeight, inWidth, channels] u8; labels: [instances] i32; order: [>= all
// positions used] i32; position, epoch: [1] i32 in device memory; scale, shift: [channels] fp32;
// y: [batch, height, width, channels] of the dtype; classes: [batch] i32. height <= inHeight + 2
// padding, and so the width. Overwrites. Deterministic.
// Launch: grid ceil(batch * height * width * channels / (256 * PACK)), at least 1; block 256. Any
// grid is right. Packs are used where PACK divides height * width * channels.
// Source of the crop: He et al., arXiv 1512.03385, section 4.2.
#include "layout.cuh"
#include "philox.cuh"

struct GatherShape {
  int inHeight, inWidth, channels, height, width, padding, crop, flip;
};

/** Where an instance's crop begins, and whether it is mirrored. */
struct Crop {
  int row, column;
  bool mirrored;
};

inline __device__ Crop cropOf(const GatherShape& s, int instance, u64 seed, u32 stream, u32 epoch) {
  int rows = s.inHeight + 2 * s.padding - s.height + 1;  // choices
  int columns = s.inWidth + 2 * s.padding - s.width + 1;
  Crop crop{(rows - 1) / 2, (columns - 1) / 2, false};
  if (s.crop || s.flip) {
    uint4 words = philox(seed, (u64)instance, stream, epoch);
    if (s.crop) {
      crop.row = (int)__umulhi(words.x, (u32)rows);
      crop.column = (int)__umulhi(words.y, (u32)columns);
    }
    crop.mirrored = s.flip && words.z >> 31 != 0;
  }
  crop.row -= s.padding;
  crop.column -= s.padding;
  return crop;
}

template <class T>
__device__ void gather(
    const u8* images, const i32* labels, const i32* order, const i32* position,
    const i32* epoch, const float* scale, const float* shift, T* y, i32* classes, i64 batch,
    GatherShape s, u64 seed, u32 stream) {
  i64 begin = *position;
  u32 step = (u32)*epoch;
  for (i64 n = globalThread(); n < batch; n += globalThreads()) {
    classes[n] = labels[order[begin + n]];
  }
  i64 size = (i64)s.height * s.width * s.channels;
  bool vector = size % PACK<T> == 0 && aligned(y);
  forEach<PACK<T>>(batch * size, vector, [=](auto lanes, i64 i) {
    constexpr int N = decltype(lanes)::COUNT;
    i64 n;
    i64 rest;
    divide(i, size, n, rest);
    Place at = placeOf(rest, s.height, s.width, s.channels);
    int instance = order[begin + n];
    Crop crop = cropOf(s, instance, seed, stream, step);
    const u8* image = images + (i64)instance * s.inHeight * s.inWidth * s.channels;
    float v[N];
#pragma unroll
    for (int k = 0; k < N; k++) {
      int h = at.row + crop.row;
      int w = (crop.mirrored ? s.width - 1 - at.column : at.column) + crop.column;
      bool inside = h >= 0 && h < s.inHeight && w >= 0 && w < s.inWidth;
      float pixel = inside ? image[((i64)h * s.inWidth + w) * s.channels + at.channel] : 0;
      v[k] = scale[at.channel] * pixel + shift[at.channel];
      at.channel++;
      if (at.channel == s.channels) {
        at.channel = 0;
        at.column++;
      }
      if (at.column == s.width) {
        at.column = 0;
        at.row++;
      }
    }
    store(y + i, v);
  });
}

#define KERNELS(NAME, T)                                                                       \
  KERNEL gather_forward_##NAME(                                                                \
      const u8* images, const i32* labels, const i32* order, const i32* position,              \
      const i32* epoch, const float* scale, const float* shift, T* y, i32* classes, i64 batch, \
      int inHeight, int inWidth, int channels, int height, int width, int padding, int crop,   \
      int flip, u64 seed, u32 stream) {                                                        \
    gather(                                                                                    \
        images, labels, order, position, epoch, scale, shift, y, classes, batch,               \
        GatherShape{inHeight, inWidth, channels, height, width, padding, crop, flip}, seed,    \
        stream);                                                                               \
  }
FOR_EACH_DTYPE(KERNELS)
#undef KERNELS
