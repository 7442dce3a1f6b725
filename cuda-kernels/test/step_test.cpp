// SPDX-License-Identifier: Apache-2.0
// What surrounds an update in a step: assignments, the norm that clips, the scheduled rate.
#include "simt.hpp"

#include "../src/assign.cu"
#include "../src/loss_scale.cu"
#include "../src/norm.cu"
#include "../src/rate.cu"

#include "segments.hpp"

template <class T>
static void assigns() {
  for (float keep : {0.0f, 1.0f, 0.99f}) {
    for (size_t shift : {0, 1}) {
      Buffers<float> variables;
      std::vector<MixedTensor<T>> values;
      std::vector<Doubles> want;
      SegmentTable table;
      for (i64 n : LENGTHS) {
        std::vector<float> variable = normal<float>(n);
        values.emplace_back("value", n, isWide(values.size()), shift);
        if (n > 3 && keep == 0) variable[3] = NAN;
        want.emplace_back();
        for (i64 i = 0; i < n; i++) {
          double kept = keep == 0 ? 0 : double(keep) * variable[i];
          want.back().push_back(kept + 0.25 * values.back().values[i]);
        }
        variables.push_back(std::make_unique<Buffer<float>>("variable", variable, shift));
        table.add(n, {address(*variables.back()), values.back().memory()}, values.back().wide);
      }
      Buffer<Segment> segments("segments", table.segments);
      launch({3}, {BLOCK}, SELECT(T, assign_forward), segments, LENGTHS.size(), table.chunks, keep,
             0.25f);
      for (size_t s = 0; s < want.size(); s++) {
        near("variable", variables[s]->values(), want[s], 1e-7, 1e-6);
      }
    }
  }
}

static void allAssigns() {
  forEachDtype([](auto t) { assigns<decltype(t)>(); });
}

static void averages() {
  for (i32 t : {0, 7}) {
    std::vector<float> average = normal<float>(3000), parameter = normal<float>(3000);
    if (t == 0) average[3] = NAN;
    Doubles want;
    for (int i = 0; i < 3000; i++) {
      want.push_back(t == 0 ? parameter[i] : 0.75 * average[i] + 0.25 * parameter[i]);
    }
    Buffer<float> moved("average", average), from("parameter", parameter);
    Buffer<i32> iterations("iterations", std::vector<i32>{t});
    SegmentTable table;
    table.add(3000, {address(moved), address(from)});
    Buffer<Segment> segments("segments", table.segments);
    Buffer<float> one("scale", std::vector<float>{1}), none("scale", std::vector<float>{0});
    launch({2}, {BLOCK}, moving_average_forward_f32, segments, 1, table.chunks, iterations, none,
           0.75f);
    near("skipped", moved.values(), toDoubles(average), 0, -ROUNDING<float>);
    launch({2}, {BLOCK}, moving_average_forward_f32, segments, 1, table.chunks, iterations, one,
           0.75f);
    near("average", moved.values(), want, 1e-7, 1e-6);
  }
}

static void counters() {
  Buffer<i32> iterations("iterations", std::vector<i32>{41}), one("one", std::vector<i32>{1});
  Buffer<i32> many("many", std::vector<i32>(3000, 7)), more("more", std::vector<i32>(3000, -2));
  SegmentTable table;
  table.add(1, {address(iterations), address(one)});
  table.add(3000, {address(many), address(more)});
  Buffer<Segment> segments("segments", table.segments);
  launch({2}, {BLOCK}, assign_forward_i32, segments, 2, table.chunks, 1, 1);
  check(iterations.values()[0] == 42, "the counter advances");
  check(many.values() == std::vector<i32>(3000, 5), "all are added to");
}

/** Numbers and counters, of values around a block's first and second pass. */
static void sums() {
  for (float keep : {0.0f, 1.0f, 0.75f}) {
    for (size_t shift : {0, 1}) {
      for (unsigned grid : {1, 9}) {
        Buffers<float> variables, values;
        Buffers<i32> counters, counts;
        SegmentTable table;
        Doubles want;
        std::vector<i32> wantCounts;
        for (i64 n : {1, 31, 128, 1000, 2051}) {
          std::vector<float> x = normal<float>(n);
          std::vector<i32> c(n, 3);
          float before = keep == 0 ? NAN : below(100);
          variables.push_back(std::make_unique<Buffer<float>>("sum", std::vector<float>{before}));
          values.push_back(std::make_unique<Buffer<float>>("value", x, shift));
          counters.push_back(std::make_unique<Buffer<i32>>("counter", std::vector<i32>{40}));
          counts.push_back(std::make_unique<Buffer<i32>>("count", c, shift));
          table.add(n, {address(*variables.back()), address(*values.back())}, true);
          table.add(n, {address(*counters.back()), address(*counts.back())}, false);
          double sum = 0;
          for (float v : x) sum += v;
          want.push_back((keep == 0 ? 0 : keep * before) + 2 * sum);
          wantCounts.push_back((i32)keep * 40 + 6 * (i32)n);
        }
        Buffer<Segment> segments("segments", table.segments);
        launch({grid}, {BLOCK}, assign_sums_forward, segments, 10, keep, 2.0f);
        for (size_t i = 0; i < want.size(); i++) {
          near("sum", variables[i]->values(), {want[i]}, 1e-4, 1e-6);
          check(counters[i]->values()[0] == wantCounts[i], "counter " + std::to_string(i));
        }
      }
    }
  }
}

/** What is multiplied by 0 is not read. */
static void sumsForgetNan() {
  Buffer<float> sum("sum", std::vector<float>{7}), value("value", std::vector<float>{NAN, 1});
  SegmentTable table;
  table.add(2, {address(sum), address(value)}, true);
  Buffer<Segment> segments("segments", table.segments);
  launch({1}, {BLOCK}, assign_sums_forward, segments, 1, 1.0f, 0.0f);
  check(sum.values()[0] == 7, "the value is not read");
}

template <class T>
static void norm(size_t shift, unsigned grid, float limit, double poison) {
  Buffers<T> tensors;
  Buffers<float> wide;
  SegmentTable table;
  double sum = 0;
  auto add = [&](auto x, auto& buffers, bool isWide) {
    if (x.size() > 10 && poison != 0) x[10] = fromFloat<std::decay_t<decltype(x[0])>>(poison);
    for (double v : toDoubles(x)) sum += v * v;
    buffers.push_back(std::make_unique<Buffer<std::decay_t<decltype(x[0])>>>("x", x, shift));
    table.add(x.size(), {address(*buffers.back())}, isWide);
  };
  for (i64 n : LENGTHS) {
    if (isWide(table.segments.size())) {
      add(normal<float>(n), wide, true);
    } else {
      add(normal<T>(n), tensors, false);
    }
  }
  Buffer<Segment> segments("segments", table.segments);
  Buffer<double> partials("partials", grid);
  Buffer<u32> counter("counter", std::vector<u32>{0});
  Buffer<float> norm("norm", 1), scale("scale", 1);
  launch({grid}, {BLOCK}, SELECT(T, global_norm_forward), segments, LENGTHS.size(), table.chunks,
         partials, counter, limit, norm, scale);
  double want = std::sqrt(sum);
  near("norm", norm.values(), {want}, 0, 1e-6);
  near("scale", scale.values(), {std::isnan(want) ? NAN : limit / std::max<double>(want, limit)},
       0, 1e-6);
  check(counter.values()[0] == 0, "the counter is 0 again");
}

static void norms() {
  forEachDtype([](auto t) {
    using T = decltype(t);
    norm<T>(0, 1, 1, 0);
    norm<T>(1, 3, 1e6f, 0);
    norm<T>(0, 12, 1, 0);
    norm<T>(0, 2, 1, NAN);
    norm<T>(0, 2, 1, INFINITY);
  });
  norm<float>(0, 2, 1, 1e18);  // its square and their sum stay finite
}

/** factor of a schedule, for warm-ups by recursion. */
static double factor(const std::vector<ScheduleEntry>& entries, size_t first, int i) {
  if (first == entries.size()) return 1;
  double steps = entries[first].steps, value = entries[first].value;
  switch (entries[first].kind) {
    case STEP:
      return std::pow(value, i / entries[first].steps);
    case EXPONENTIAL:
      return std::pow(value, i / steps);
    case COSINE:
      return (1 - value) * (1 + std::cos(M_PI * std::min<double>(i, steps) / steps)) / 2 + value;
    default:
      return i < steps ? (i + 1) / steps : factor(entries, first + 1, i - entries[first].steps);
  }
}

static void rates() {
  std::vector<std::vector<ScheduleEntry>> schedules = {
      {},
      {{STEP, 10, 0.1f}},
      {{EXPONENTIAL, 7, 0.9f}},
      {{COSINE, 100, 0.01f}},
      {{WARM_UP, 5, 0}},
      {{WARM_UP, 5, 0}, {COSINE, 100, 0}},
      {{WARM_UP, 5, 0}, {WARM_UP, 10, 0}, {STEP, 3, 0.5f}}};
  for (const auto& entries : schedules) {
    for (i32 i : {0, 1, 4, 5, 9, 10, 14, 15, 99, 100, 101, 105, 200}) {
      Buffer<float> base("base", std::vector<float>{0.3f}), rate("rate", 1);
      Buffer<i32> iterations("iterations", std::vector<i32>{i});
      Buffer<ScheduleEntry> table("entries", entries);
      launch({1}, {1}, scheduled_rate_forward_f32, base, iterations, table, entries.size(), rate);
      near("rate", rate.values(), {0.3f * factor(entries, 0, i)}, 1e-16, 0);
    }
  }
}

/** What a step makes of norm, scale and good steps, with growth after 3 and a clip. */
static void scaling(float norm, float scale, float good, float clip, const Doubles& want) {
  Buffer<float> in("norm", std::vector<float>{norm}), s("scale", std::vector<float>{scale});
  Buffer<float> steps("good", std::vector<float>{good}), gradient("gradientScale", 1);
  Buffer<float> next("nextScale", 1), nextGood("nextGood", 1);
  Buffer<i32> done("done", 1);
  launch({1}, {1}, loss_scaling_forward_f32, in, s, steps, gradient, next, nextGood, done, 3, clip);
  near("gradient's scale", gradient.values(), {want[0]}, 0, 1e-6);
  near("next scale", next.values(), {want[1]}, 0, 0);
  near("next good steps", nextGood.values(), {want[2]}, 0, 0);
  check(done.values()[0] == want[3], "steps done");
}

static void scalings() {
  scaling(8, 4, 0, 0, {0.25, 4, 1, 1});
  scaling(8, 4, 2, 0, {0.25, 8, 0, 1});               // grows
  scaling(8, 4, 2, 0.5f, {0.0625, 8, 0, 1});          // the true norm is 2
  scaling(8, 4, 0, 5, {0.25, 4, 1, 1});               // below the limit
  scaling(0, 4, 1, 5, {0.25, 4, 2, 1});
  scaling(INFINITY, 4, 2, 0.5f, {0, 2, 0, 0});
  scaling(NAN, 4, 2, 0, {0, 2, 0, 0});
  scaling(1, 0x1p127f, 2, 0, {0x1p-127, 0x1p127, 0, 1});  // twice that were infinite
  scaling(NAN, 0x1p-23f, 2, 0, {0, 0x1p-24, 0, 0});
  scaling(NAN, 0x1p-24f, 0, 0, {0x1p24, 0x1p-24, 0, 1});  // no longer skipped
}

int main() {
  return runCases(
      {{"assign", allAssigns}, {"averages", averages}, {"counters", counters}, {"sums", sums}, {"sums forget NaN", sumsForgetNan},
               {"norm", norms}, {"rate", rates},
       {"scaling", scalings}});
}
