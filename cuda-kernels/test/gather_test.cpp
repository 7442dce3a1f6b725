// SPDX-License-Identifier: Apache-2.0
#include "simt.hpp"

#include "../src/gather.cu"

#include "tensors.hpp"

constexpr int INSTANCES = 20;
constexpr u64 SEED = 0xfeedface12345678ull;
constexpr u32 STREAM = 0x04000000;

static std::set<std::string> seen;  // crops and mirrors that some case drew

/** The crop of an instance, from its words in 64-bit arithmetic. */
static Crop cropped(const GatherShape& s, int instance, int epoch) {
  uint4 words = philox(SEED, instance, STREAM, epoch);
  i64 rows = s.inHeight + 2 * s.padding - s.height + 1;
  i64 columns = s.inWidth + 2 * s.padding - s.width + 1;
  Crop crop{int((rows - 1) / 2), int((columns - 1) / 2), s.flip && words.z >= 0x80000000u};
  if (s.crop) {
    crop.row = int(words.x * u64(rows) >> 32);
    crop.column = int(words.y * u64(columns) >> 32);
  }
  seen.insert(crop.row == 0 ? "top" : crop.row == rows - 1 ? "bottom" : "between");
  seen.insert(crop.mirrored ? "mirrored" : "straight");
  crop.row -= s.padding;
  crop.column -= s.padding;
  return crop;
}

template <class T>
static void gather(const GatherShape& s, i64 batch, int position, size_t shift, size_t grid) {
  int epoch = 3;
  size_t pixels = size_t(s.inHeight) * s.inWidth * s.channels;
  size_t size = size_t(s.height) * s.width * s.channels;
  std::vector<u8> images;
  std::vector<i32> labels, order;
  std::vector<float> scale, offset;
  for (size_t i = 0; i < INSTANCES * pixels; i++) images.push_back(below(256));
  for (int i = 0; i < INSTANCES; i++) {
    labels.push_back(below(1000));
    order.push_back(i);
  }
  std::shuffle(order.begin(), order.end(), generator);
  for (int c = 0; c < s.channels; c++) {
    scale.push_back((c + 1) / 255.0f);
    offset.push_back(0.5f - c);
  }
  Buffer<u8> from("images", images);
  Buffer<i32> truth("labels", labels), at("order", order), classes("classes", batch);
  Buffer<i32> begin("position", std::vector<i32>{position}), turn("epoch", std::vector<i32>{epoch});
  Buffer<float> factors("scale", scale), summands("shift", offset);
  Buffer<T> y("y", batch * size, shift);
  launch(blocks(grid), {BLOCK}, SELECT(T, gather_forward), from, truth, at, begin, turn, factors,
         summands, y, classes, batch, s.inHeight, s.inWidth, s.channels, s.height, s.width,
         s.padding, s.crop, s.flip, SEED, STREAM);
  Doubles want;
  std::vector<i32> wantClasses;
  for (i64 n = 0; n < batch; n++) {
    int instance = order[position + n];
    Crop crop = cropped(s, instance, epoch);
    wantClasses.push_back(labels[instance]);
    for (size_t i = 0; i < size; i++) {
      int c = i % s.channels, column = i / s.channels % s.width, row = i / s.channels / s.width;
      int h = row + crop.row;
      int w = (crop.mirrored ? s.width - 1 - column : column) + crop.column;
      bool inside = h >= 0 && h < s.inHeight && w >= 0 && w < s.inWidth;
      size_t pixel = (size_t(h) * s.inWidth + w) * s.channels + c;
      want.push_back((inside ? images[instance * pixels + pixel] : 0) * double(scale[c]) +
                     offset[c]);
    }
  }
  near("y", y.values(), want, 1e-6, 1e-6);
  check(classes.values() == wantClasses, "labels");
}

static void plain() {
  forEachDtype([](auto t) {
    using T = decltype(t);
    for (size_t shift : {0, 1}) {
      gather<T>({8, 8, 1, 8, 8, 0, 0, 0}, 8, 0, shift, 2);   // whole packs
      gather<T>({7, 5, 1, 7, 5, 0, 0, 0}, 5, 15, shift, 1);  // none: 35 elements an image
      gather<T>({6, 8, 3, 6, 8, 0, 0, 0}, 7, 4, shift, 3);
      gather<T>({7, 9, 3, 4, 4, 0, 0, 0}, 3, 1, shift, 1);   // the middle
      gather<T>({4, 4, 2, 4, 4, 0, 0, 0}, 0, 0, shift, 1);
    }
  });
}

static void augmented() {
  forEachDtype([](auto t) {
    using T = decltype(t);
    gather<T>({8, 8, 3, 8, 8, 2, 1, 1}, 20, 0, 0, 4);
    gather<T>({8, 6, 1, 8, 6, 1, 1, 0}, 19, 1, 1, 1);
    gather<T>({9, 8, 3, 4, 5, 0, 1, 1}, 20, 0, 0, 2);
    gather<T>({4, 4, 3, 6, 6, 1, 0, 1}, 20, 0, 0, 1);  // larger than the image: zeros around it
  });
  check(seen.size() == 5, "crops at the edges and between, mirrored and not, have occurred");
}

int main() { return runCases({{"plain", plain}, {"augmented", augmented}}); }
