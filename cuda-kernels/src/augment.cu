// SPDX-License-Identifier: Apache-2.0
//
// Images changed at random, each in its own way: one affine map, contrast, brightness, an erased
// square. With v = x interpolated bilinearly at the place that (row, column) comes from, where pixels
// outside the image count as 0, and mean that of the channel in this image of x:
//   u = (v - mean) contrast + mean + brightness, clipped to [0, 1]; u = v if the limits of both are 0
//   y[n,row,column,channel] = 0 inside the square, else u
// With places counted from the centre, (row, column) comes from (1 + zoom) (row, column), turned back
// by the angle, minus the shifts, mirrored. Draws are words of the Philox blocks 3n, 3n + 1, 3n + 2 in
// (stream, *iterations): with s = (word >> 8) 2^-23 - 1
//   3n      top bit: left to right, next bit: top to bottom; turns = rotation s, of a full turn;
//           zoom s; brightness s
//   3n + 1  height translation s; width translation s; crops of rows and columns: the high half of
//           word (2 crop + 1), minus crop
//   3n + 2  1 + contrast s; centre of the square: the high half of word height, of word width
//
// Shapes: x, y: [batch, height, width, channels] of the dtype; iterations: [1] i32 in device memory.
// Maths and means in fp32. Overwrites; not in place. Deterministic. Mirrors, crops and squares are
// bit-equal to other backends for fp32.
// Launch: a block an image: grid batch, at least 1; block 256. Any grid is right.
// Source of the formulas: javadoc of io.convoy.ops.AugmentImages and AugmentDraw.
#include "philox.cuh"
#include "reduce.cuh"

struct ImageShape {
  int height, width, channels;
};

struct AugmentLimits {
  int horizontal, vertical, crop;
  float translation, rotation, zoom, contrast, brightness;
  int erasing;
};

/** What happens to an image. */
struct AugmentDraw {
  float along, across, down, right, vertical, horizontal, contrast, brightness;
  int boxTop, boxLeft;
};

/** sin and cos of pi x; unlike sinf and cosf without a table for large arguments in local memory. */
inline __device__ void sinCosPi(float x, float& sine, float& cosine) {
#ifdef __CUDA_ARCH__
  sine = sinpif(x);
  cosine = cospif(x);
#else
  sine = simt::sinPi(x);
  cosine = simt::cosPi(x);
#endif
}

inline __device__ float signedUnit(u32 word) { return (float)(word >> 8) * 0x1p-23f - 1; }

inline __device__ int cropShift(u32 word, int crop) {
  return (int)__umulhi(word, (u32)(2 * crop + 1)) - crop;
}

inline __device__ AugmentDraw drawFor(
    u64 image, const ImageShape& s, const AugmentLimits& a, u64 seed, u32 stream, u32 step) {
  AugmentDraw d;
  uint4 words = philox(seed, 3 * image, stream, step);
  d.horizontal = a.horizontal && words.x >> 31 != 0 ? -1 : 1;
  d.vertical = a.vertical && (words.x >> 30 & 1) != 0 ? -1 : 1;
  float zoom = 1 + a.zoom * signedUnit(words.z);
  float sine, cosine;
  sinCosPi(2 * (a.rotation * signedUnit(words.y)), sine, cosine);
  d.along = zoom * cosine;
  d.across = zoom * sine;
  d.brightness = a.brightness * signedUnit(words.w);
  words = philox(seed, 3 * image + 1, stream, step);
  d.down = s.height * (a.translation * signedUnit(words.x)) + cropShift(words.z, a.crop);
  d.right = s.width * (a.translation * signedUnit(words.y)) + cropShift(words.w, a.crop);
  words = philox(seed, 3 * image + 2, stream, step);
  d.contrast = 1 + a.contrast * signedUnit(words.x);
  d.boxTop = (int)__umulhi(words.y, (u32)s.height) - a.erasing / 2;
  d.boxLeft = (int)__umulhi(words.z, (u32)s.width) - a.erasing / 2;
  return d;
}

/** A channel of an image; 0 outside. */
template <class T>
struct Plane {
  const T* pixels;
  ImageShape shape;

  __device__ float at(int row, int column) const {
    bool inside = row >= 0 && row < shape.height && column >= 0 && column < shape.width;
    return inside ? toFloat(pixels[((i64)row * shape.width + column) * shape.channels]) : 0;
  }

  /** a row of it, interpolated between two columns. */
  __device__ float between(int row, int column, float share) const {
    float left = at(row, column);
    return left + share * (at(row, column + 1) - left);
  }

  __device__ float sample(float row, float column) const {
    float top = floorf(row);
    float left = floorf(column);
    float upper = between((int)top, (int)left, column - left);
    float lower = between((int)top + 1, (int)left, column - left);
    return upper + (row - top) * (lower - upper);
  }

  /** Of the whole plane, for all threads of the block. */
  __device__ float mean() const {
    i64 count = (i64)shape.height * shape.width;
    float sum = 0;
    for (i64 p = threadIdx.x; p < count; p += BLOCK) {
      sum += toFloat(pixels[p * shape.channels]);
    }
    return reduceThreads<BLOCK>(sum, Sum()) / count;
  }
};

/** Where (row, column) comes from. */
template <class T>
__device__ float moved(const Plane<T>& from, int row, int column, const AugmentDraw& d) {
  float middleRow = (from.shape.height - 1) * 0.5f;
  float middleColumn = (from.shape.width - 1) * 0.5f;
  float r = row - middleRow;
  float c = column - middleColumn;
  return from.sample(
      d.vertical * (d.along * r + d.across * c - d.down) + middleRow,
      d.horizontal * (d.along * c - d.across * r - d.right) + middleColumn);
}

/** By all threads of a block. */
template <class T>
__device__ void augmentPlane(
    const Plane<T>& from, T* to, const AugmentLimits& a, const AugmentDraw& d) {
  bool recolours = a.contrast > 0 || a.brightness > 0;
  float mean = recolours ? from.mean() : 0;
  int count = from.shape.height * from.shape.width;
#pragma unroll 1
  for (int p = threadIdx.x; p < count; p += BLOCK) {
    int row = p / from.shape.width;
    int column = p % from.shape.width;
    bool erased = row >= d.boxTop && row < d.boxTop + a.erasing && column >= d.boxLeft &&
                  column < d.boxLeft + a.erasing;
    float v = erased ? 0 : moved(from, row, column, d);
    if (recolours && !erased) {
      v = fminf(fmaxf((v - mean) * d.contrast + mean + d.brightness, 0), 1);
    }
    to[(i64)p * from.shape.channels] = fromFloat<T>(v);
  }
}

template <class T>
__device__ void augment(
    const T* x, T* y, const i32* iterations, i64 batch, const ImageShape& s,
    const AugmentLimits& a, u64 seed, u32 stream) {
  u32 step = (u32)*iterations;
  i64 size = (i64)s.height * s.width * s.channels;
#pragma unroll 1
  for (i64 n = blockIdx.x; n < batch; n += gridDim.x) {
    AugmentDraw d = drawFor((u64)n, s, a, seed, stream, step);
#pragma unroll 1
    for (int c = 0; c < s.channels; c++) {
      augmentPlane(Plane<T>{x + n * size + c, s}, y + n * size + c, a, d);
    }
  }
}

#define KERNELS(NAME, T)                                                                    \
  KERNEL augment_forward_##NAME(                                                            \
      const T* x, T* y, const i32* iterations, i64 batch, int height, int width,            \
      int channels, int horizontal, int vertical, int crop, float translation,              \
      float rotation, float zoom, float contrast, float brightness, int erasing, u64 seed,  \
      u32 stream) {                                                                         \
    augment(                                                                                \
        x, y, iterations, batch, ImageShape{height, width, channels},                       \
        AugmentLimits{                                                                      \
            horizontal, vertical, crop, translation, rotation, zoom, contrast, brightness,  \
            erasing},                                                                       \
        seed, stream);                                                                      \
  }
FOR_EACH_DTYPE(KERNELS)
#undef KERNELS
