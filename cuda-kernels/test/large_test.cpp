// SPDX-License-Identifier: Apache-2.0
// Tensors of more than 2^31 elements: the first and the last blocks of such grids, on address space
// that takes memory only where it is touched.
#include "simt.hpp"

#include "../src/activation.cu"
#include "../src/bias.cu"
#include "../src/binary.cu"
#include "../src/copy.cu"
#include "../src/dropout.cu"
#include "../src/gather.cu"
#include "../src/pool.cu"
#include "../src/reduce.cu"
#include "../src/softmax.cu"

#include "layouts.hpp"
#include "tensors.hpp"

using simt::HugeBuffer;

constexpr i64 BEYOND = (i64(1) << 31) + 1029;

/** Runs the first and the last block of a grid of one dimension. */
template <class... P, class... A>
static void launchEnds(size_t grid, void (*kernel)(P...), A&&... args) {
  simt::onlyBlocks({0, grid - 1});
  launch(blocks(grid), {BLOCK}, kernel, args...);
  simt::onlyBlocks({});
}

static void same(const std::string& what, double got, double want) {
  check(std::abs(got - want) <= 1e-6 * std::abs(want), what + " is " + std::to_string(got) +
                                                           ", should be " + std::to_string(want));
}

static void elementwise() {
  HugeBuffer<float> x(BEYOND), y(BEYOND);
  x[0] = -3;
  x[BEYOND - 1] = -4;  // behind the last pack
  x[BEYOND - 3] = 5;   // in the last pack
  size_t grid = ceilDiv(BEYOND, BLOCK * PACK<float>);
  launchEnds(grid, activation_forward_f32, x, y, BEYOND, ABS, 0, 0);
  same("first", y[0], 3);
  same("last pack", y[BEYOND - 3], 5);
  same("last", y[BEYOND - 1], 4);
  launchEnds(grid, activation_forward_f32, x, y, BEYOND, SQUARE, 0, 0);
  same("first", y[0], 9);
  same("last pack", y[BEYOND - 3], 25);
  Buffer<i32> iterations("iterations", std::vector<i32>{0});
  launchEnds(ceilDiv(BEYOND, BLOCK * 8), dropout_forward_f32, x, y, BEYOND, iterations, u64(1), 2u,
             0u, 1.0f);
  same("dropout", y[BEYOND - 3], 5);
}

/** More threads than 2^32: a start that is not aligned leaves one element to each. */
static void threads() {
  const i64 n = (i64(1) << 32) + 77;
  HugeBuffer<bf16> x(n + 1), y(n + 1);
  x[n] = fromFloat<bf16>(-2);
  launchEnds(ceilDiv(n, BLOCK), activation_forward_bf16, x + 1, y + 1, n, ABS, 0, 0);
  same("last", toFloat(y[n]), 2);
}

static void channels() {
  const int c = 1000;
  const i64 rows = BEYOND / c + 1, n = rows * c;
  HugeBuffer<float> x(n), y(n);
  std::vector<float> b(c);
  for (int i = 0; i < c; i++) b[i] = i;
  Buffer<float> bias("b", b);
  launchEnds(ceilDiv(n, BLOCK * PACK<float>), bias_forward_f32, x, bias, y, rows, c);
  same("last channel", y[n - 1], c - 1);
  same("first channel of the last row", y[n - c], 0);
}

static void columnSums() {
  const int c = 1 << 16;
  const i64 rows = (1 << 15) + 8;
  HugeBuffer<float> dy(rows * c), partials(rows * c);
  Buffer<float> db("db", c);
  std::vector<u32> zeros(c / 4 / BLOCK);
  Buffer<u32> counters("counters", zeros);
  dy[rows * c - 1] = 7;
  simt::Dim grid{unsigned(zeros.size()), unsigned(rows)};  // a row a part
  simt::onlyBlocks({u64(grid.x) * grid.y - 1});
  launch(grid, {BLOCK}, bias_backward_f32, dy, db, partials, counters, rows, c);
  simt::onlyBlocks({});
  same("the last part's last column", partials[rows * c - 1], 7);
}

static void rowsOfTensors() {
  const i64 length = 1024, rows = BEYOND / length + 1;
  HugeBuffer<float> x(rows * length), y(rows * length);
  x[rows * length - 1] = 2;
  launchEnds(ceilDiv(rows, BLOCK / WARP), reduce_forward_f32_rows, x, y, rows, length, 1.0f);
  same("sum of the last row", y[rows - 1], 2);
  launchEnds(rows, softmax_forward_f32_wide, x, y, rows, int(length), 0);
  same("softmax of the last row", y[rows * length - 1], std::exp(2) / (std::exp(2) + 1023));
}

static void layouts() {
  const i64 rows = BEYOND / 1024 + 1, n = rows * 1024;
  HugeBuffer<float> a(n), y(n);
  std::vector<float> b(1024, 3);
  Buffer<float> row("b", b);
  a[n - 1] = 4;
  Buffer<i64> table("layout", Longs{rows, 1024, 1024, 1, 0, 1});
  launchEnds(ceilDiv(n, BLOCK * PACK<float>), binary_forward_f32, a, row, y, n, table, 2, MULTIPLY);
  same("product", y[n - 1], 12);
  const u32* bits = reinterpret_cast<const u32*>(static_cast<float*>(a));
  u32* to = reinterpret_cast<u32*>(static_cast<float*>(y));
  Buffer<i64> same2("layout", Longs{rows, 1024, 1024, 1, 1024, 1});
  launchEnds(ceilDiv(n, BLOCK * PACK<float>), copy_forward_b32, bits, to, n, same2, 2);
  same("copy", y[n - 1], 4);
  const i64 columns = rows / 32 * 32;
  a[columns * 1024 - 1] = 6;
  launchEnds(columns, transpose_forward_b32, bits, to, i64(1), i64(1024), columns);
  same("transpose", y[columns * 1024 - 1], 6);
  launchEnds(ceilDiv(n, BLOCK * PACK<float>), pad_forward_b32, bits, to, rows, i64(1022), i64(1),
             i64(1), i64(1));
  same("padding", y[n - 1], 0);
}

static void images() {
  PoolShape s{64, 64, 8, 64, 64, 2, 2, 1, 1, 0, 0};
  const i64 batch = BEYOND / (64 * 64 * 8) + 1, n = batch * 64 * 64 * 8;
  HugeBuffer<float> x(n), y(n), dx(n);
  x[n - 1] = 9;
  size_t grid = ceilDiv(n, BLOCK * PACK<float>);
  launchEnds(grid, max_pool_forward_f32, x, y, batch, s.height, s.width, s.channels, s.outHeight,
             s.outWidth, 2, 2, 1, 1, 0, 0);
  same("pool", y[n - 1], 9);
  launchEnds(grid, extreme_pool_backward_f32, x, y, y, dx, batch, s.height, s.width, s.channels,
             s.outHeight, s.outWidth, 2, 2, 1, 1, 0, 0);
  same("gradient of the taken, by 4 windows", dx[n - 1], 36);
  same("gradient of the others", dx[n - 9], 0);

  const i32 instances = 3000000;
  HugeBuffer<u8> dataset(i64(instances) * 1024);
  dataset[i64(instances) * 1024 - 1] = 200;
  HugeBuffer<i32> labels(instances);
  labels[instances - 1] = 8;
  Buffer<i32> order("order", std::vector<i32>{instances - 1}), zero("zero", std::vector<i32>{0});
  Buffer<float> image("image", 1024);
  Buffer<i32> label("label", 1);
  launch({1}, {BLOCK}, gather_forward_f32, dataset, labels, order, zero, image, label, i64(1),
         i64(1024), 1.0f);
  same("last pixel of the last image", image.values()[1023], 200);
  same("its label", label.values()[0], 8);
}

int main() {
  return runCases({{"elementwise", elementwise},
                   {"threads", threads},
                   {"channels", channels},
                   {"column sums", columnSums},
                   {"rows", rowsOfTensors},
                   {"layouts", layouts},
                   {"images", images}});
}
