// SPDX-License-Identifier: Apache-2.0
#include "simt.hpp"

#include "../src/gather.cu"

#include "tensors.hpp"

constexpr int INSTANCES = 20;

template <class T>
static void gather(i64 size, i64 batch, int position, size_t shift, size_t grid) {
  constexpr float SCALE = 1 / 255.0f;
  std::vector<u8> images;
  std::vector<i32> labels, order;
  for (i64 i = 0; i < INSTANCES * size; i++) images.push_back(below(256));
  for (int i = 0; i < INSTANCES; i++) {
    labels.push_back(below(1000));
    order.push_back(i);
  }
  std::shuffle(order.begin(), order.end(), generator);
  Buffer<u8> from("images", images);
  Buffer<i32> truth("labels", labels), at("order", order), classes("classes", batch);
  Buffer<i32> begin("position", std::vector<i32>{position});
  Buffer<T> y("y", batch * size, shift);
  launch(blocks(grid), {BLOCK}, SELECT(T, gather_forward), from, truth, at, begin, y, classes,
         batch, size, SCALE);
  Doubles want;
  std::vector<i32> wantClasses;
  for (i64 n = 0; n < batch; n++) {
    int instance = order[position + n];
    wantClasses.push_back(labels[instance]);
    for (i64 i = 0; i < size; i++) want.push_back(images[instance * size + i] * double(SCALE));
  }
  near("y", y.values(), want, 1e-6, 1e-6);
  check(classes.values() == wantClasses, "labels");
}

static void batches() {
  forEachDtype([](auto t) {
    using T = decltype(t);
    for (size_t shift : {0, 1}) {
      gather<T>(64, 8, 0, shift, 2);   // whole packs
      gather<T>(35, 5, 15, shift, 1);  // none: 35 elements an image
      gather<T>(32, 20, 0, shift, 1);
      gather<T>(9, 1, 19, shift, 4);   // more threads than elements
    }
  });
}

int main() { return runCases({{"batches", batches}}); }
