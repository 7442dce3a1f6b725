// SPDX-License-Identifier: Apache-2.0
#include "simt.hpp"

#include "../src/random_quantile.cu"

#include "tensors.hpp"

static void inversion() {
  const u64 seed = 0x123456789abcdef0ull;
  const u32 stream = 0x09000001;
  std::set<int> places;
  for (int count : {2, 3, 1025}) {
    std::vector<float> quantiles;
    for (int i = 0; i < count; i++) quantiles.push_back(float(i * i) / float(count));
    for (int step = 0; step < 50; step++) {
      Buffer<float> table("quantiles", quantiles), y("y", 1);
      Buffer<i32> iterations("iterations", std::vector<i32>{step});
      launch(blocks(1), {1}, random_quantile_forward_f32, table, count, iterations, seed, stream,
             y);
      double u = (philox(seed, 0, stream, step).x >> 8) * 0x1p-24 * (count - 1);
      int i = int(u);
      places.insert(i);
      double want = quantiles[i] + (u - i) * (double(quantiles[i + 1]) - quantiles[i]);
      near("y", y.values(), {want}, 1e-6, 1e-6);
    }
  }
  check(places.size() > 20, "all over the table");
}

int main() { return runCases({{"inversion", inversion}}); }
