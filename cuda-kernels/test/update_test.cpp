// SPDX-License-Identifier: Apache-2.0
#include "simt.hpp"

#include "../src/update.cu"

#include "segments.hpp"

constexpr float RATE = 0.01f;
constexpr float SCALE = 0.5f;
constexpr float DECAY = 0.1f;

/** p and its slots after a step, in double. */
struct State {
  double p, s0, s1;
};

using Rule = std::function<void(State&, double g)>;
using Launch = std::function<void(simt::Dim, const Segment*, int, i64, const float*, const i32*,
                                  const float*)>;

/** Whether a segment among LENGTHS has a copy of its parameter, in kernels whose dtype has 16 bits. */
template <class T>
static bool hasCopy(size_t segment) {
  return sizeof(T) < sizeof(float) && segment % 3 != 1;
}

/** A copy is the parameter, to the nearest of the type. */
template <class T>
static void isCopy(const std::vector<T>& copy, const std::vector<float>& parameter) {
  std::vector<T> want = rounded<T>(toDoubles(parameter));
  check(toDoubles(copy) == toDoubles(want), "the copy is the parameter, rounded");
}

/** Runs three steps on parameters of all lengths, and compares parameters, slots and copies. */
template <class T>
static void steps(const char* name, int slots, const Launch& launchStep, const Rule& rule,
                  size_t shift, unsigned grid) {
  Buffers<float> parameters, slot0, slot1;
  Buffers<T> copies;
  std::vector<MixedTensor<T>> gradients;
  std::vector<std::vector<State>> want;
  SegmentTable table;
  for (i64 n : LENGTHS) {
    std::vector<float> p = normal<float>(n);
    want.emplace_back();
    for (float v : p) want.back().push_back({v, 0, 0});
    parameters.push_back(std::make_unique<Buffer<float>>("p", p, shift));
    gradients.emplace_back("g", n, isWide(gradients.size()), shift);
    slot0.push_back(std::make_unique<Buffer<float>>("slot 0", std::vector<float>(n), shift));
    slot1.push_back(std::make_unique<Buffer<float>>("slot 1", std::vector<float>(n), shift));
    std::vector<const void*> tensors = {address(*parameters.back()), gradients.back().memory()};
    if (slots > 0) tensors.push_back(address(*slot0.back()));
    if (slots > 1) tensors.push_back(address(*slot1.back()));
    if (hasCopy<T>(copies.size())) {
      copies.push_back(std::make_unique<Buffer<T>>("copy", n, shift));
      tensors.push_back(address(*copies.back()));
    } else {
      copies.push_back(nullptr);
    }
    table.add(n, tensors, gradients.back().wide);
  }
  Buffer<Segment> segments("segments", table.segments);
  Buffer<float> rate("rate", std::vector<float>{RATE}), scale("scale", std::vector<float>{SCALE});
  for (i32 t = 0; t < 3; t++) {
    Buffer<i32> iterations("iterations", std::vector<i32>{t});
    launchStep({grid}, segments, static_cast<int>(LENGTHS.size()), table.chunks, rate, iterations,
               scale);
    for (size_t s = 0; s < want.size(); s++) {
      for (size_t i = 0; i < want[s].size(); i++) {
        State& state = want[s][i];
        state.p -= RATE * double(DECAY) * state.p;
        rule(state, gradients[s].values[i] * double(SCALE));
      }
    }
  }
  for (size_t s = 0; s < want.size(); s++) {
    Doubles p, s0, s1;
    for (const State& state : want[s]) {
      p.push_back(state.p);
      s0.push_back(state.s0);
      s1.push_back(state.s1);
    }
    near(std::string(name) + " p", parameters[s]->values(), p, 1e-7, 1e-6);
    near(std::string(name) + " slot 0", slot0[s]->values(), s0, 1e-7, 2e-6);
    near(std::string(name) + " slot 1", slot1[s]->values(), s1, 1e-7, 2e-6);
    if (copies[s] != nullptr) isCopy(copies[s]->values(), parameters[s]->values());
  }
}

template <class T>
static void sgd(float momentum, int nesterov, size_t shift, unsigned grid) {
  auto run = [=](simt::Dim dim, const Segment* segments, int count, i64 chunks, const float* rate,
                 const i32*, const float* scale) {
    launch(dim, {BLOCK}, SELECT(T, update_sgd), segments, count, chunks, rate, scale, momentum,
           nesterov, DECAY);
  };
  auto rule = [=](State& s, double g) {
    if (momentum == 0) {
      s.p -= RATE * g;
      return;
    }
    s.s0 = momentum * s.s0 - RATE * g;
    s.p += nesterov ? momentum * s.s0 - RATE * g : s.s0;
  };
  steps<T>("sgd", momentum == 0 ? 0 : 1, run, rule, shift, grid);
}

template <class T>
static void adam(float beta1, float beta2, size_t shift, unsigned grid) {
  const float epsilon = 1e-7f;
  auto run = [=](simt::Dim dim, const Segment* segments, int count, i64 chunks, const float* rate,
                 const i32* iterations, const float* scale) {
    launch(dim, {BLOCK}, SELECT(T, update_adam), segments, count, chunks, rate, iterations, scale,
           beta1, beta2, epsilon, DECAY);
  };
  int calls = 0;
  i64 elements = 0;
  for (i64 n : LENGTHS) elements += n;
  auto rule = [=](State& s, double g) mutable {
    double t = calls++ / elements + 1;
    s.s0 += (1 - double(beta1)) * (g - s.s0);
    s.s1 += (1 - double(beta2)) * (g * g - s.s1);
    s.p -= RATE * std::sqrt(1 - std::pow(double(beta2), t)) / (1 - std::pow(double(beta1), t)) *
           s.s0 / (std::sqrt(s.s1) + epsilon);
  };
  steps<T>("adam", 2, run, rule, shift, grid);
}

template <class T>
static void rmsProp(float momentum, size_t shift, unsigned grid) {
  const float rho = 0.9f, epsilon = 1e-7f;
  auto run = [=](simt::Dim dim, const Segment* segments, int count, i64 chunks, const float* rate,
                 const i32*, const float* scale) {
    launch(dim, {BLOCK}, SELECT(T, update_rmsprop), segments, count, chunks, rate, scale, rho,
           momentum, epsilon, DECAY);
  };
  auto rule = [=](State& s, double g) {
    s.s0 = rho * s.s0 + (1 - double(rho)) * g * g;
    double step = RATE * g / std::sqrt(s.s0 + epsilon);
    s.s1 = momentum == 0 ? 0 : momentum * s.s1 + step;
    s.p -= momentum == 0 ? step : s.s1;
  };
  steps<T>("rmsprop", momentum == 0 ? 1 : 2, run, rule, shift, grid);
}

static void allSgd() {
  forEachDtype([](auto t) {
    using T = decltype(t);
    sgd<T>(0, 0, 0, 3);
    sgd<T>(0.9f, 0, 1, 9);
    sgd<T>(0.9f, 1, 0, 1);
  });
}

static void allAdam() {
  forEachDtype([](auto t) {
    using T = decltype(t);
    adam<T>(0.9f, 0.999f, 0, 3);
    adam<T>(0, 0.5f, 1, 20);
  });
}

static void allRmsProp() {
  forEachDtype([](auto t) {
    using T = decltype(t);
    rmsProp<T>(0, 0, 2);
    rmsProp<T>(0.9f, 1, 9);
  });
}

/** Adam's correction alone, where 1 - beta^t cancels and where beta^t vanishes. */
static void adamCorrection() {
  for (i32 iteration : {0, 1, 10, 999, 50000, 2000000000}) {
    Buffer<float> p("p", std::vector<float>{0}), g("g", std::vector<float>{0.3f});
    Buffer<float> m("m", std::vector<float>{0.2f}), v("v", std::vector<float>{0.05f});
    SegmentTable table;
    table.add(1, {address(p), address(g), address(m), address(v)});
    Buffer<Segment> segments("segments", table.segments);
    Buffer<float> rate("rate", std::vector<float>{RATE}), scale("scale", std::vector<float>{1});
    Buffer<i32> iterations("iterations", std::vector<i32>{iteration});
    launch({1}, {BLOCK}, update_adam_f32, segments, 1, 1, rate, iterations, scale, 0.9f, 0.999f,
           1e-7f, 0);
    double beta1 = 0.9f, beta2 = 0.999f, t = iteration + 1.0;
    double mean = 0.2f + (1 - beta1) * (double(0.3f) - 0.2f);
    double variance = 0.05f + (1 - beta2) * (double(0.3f) * 0.3f - 0.05f);
    double step = RATE * std::sqrt(1 - std::pow(beta2, t)) / (1 - std::pow(beta1, t));
    near("p", p.values(), {-step * mean / (std::sqrt(variance) + 1e-7f)}, 0, 1e-6);
  }
}

/** A gradient scale of 0 leaves everything as it is, whatever the gradient. */
static void skipped() {
  std::vector<float> first = normal<float>(3000);
  std::vector<f16> other = normal<f16>(3000);
  Buffer<float> p("p", first), g("g", std::vector<float>(3000, INFINITY)), m("m", first);
  Buffer<f16> copy("copy", other);
  SegmentTable table;
  table.add(3000, {address(p), address(g), address(m), address(copy)}, true);
  Buffer<Segment> segments("segments", table.segments);
  Buffer<float> rate("rate", std::vector<float>{RATE}), scale("scale", std::vector<float>{0});
  launch({2}, {BLOCK}, update_sgd_f16, segments, 1, table.chunks, rate, scale, 0.9f, 1, 0.1f);
  check(p.values() == first && m.values() == first, "nothing is written");
  check(toDoubles(copy.values()) == toDoubles(other), "nor is the copy");
}

/** What is too large for fp16 is infinite in the copy alone; ties go to even. */
static void limitsOfCopies() {
  std::vector<float> first = {70000, -65504, 1 + 0x1p-11f, 1 + 3 * 0x1p-11f, 0x1p-25f};
  Buffer<float> p("p", first), g("g", std::vector<float>(5, 0));
  Buffer<f16> copy("copy", 5);
  SegmentTable table;
  table.add(5, {address(p), address(g), address(copy)}, true);
  Buffer<Segment> segments("segments", table.segments);
  Buffer<float> rate("rate", std::vector<float>{RATE}), scale("scale", std::vector<float>{1});
  launch({1}, {BLOCK}, update_sgd_f16, segments, 1, table.chunks, rate, scale, 0, 0, 0);
  check(p.values() == first, "without a gradient nothing moves");
  Doubles want = {INFINITY, -65504, 1, 1 + 2 * 0x1p-10, 0};
  check(toDoubles(copy.values()) == want, "the copy");
}

int main() {
  return runCases({{"sgd", allSgd},
                   {"adam", allAdam},
                   {"rmsprop", allRmsProp},
                   {"adam's correction", adamCorrection},
                   {"skipped", skipped},
                   {"limits of copies", limitsOfCopies}});
}
