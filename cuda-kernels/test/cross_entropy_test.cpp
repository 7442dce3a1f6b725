// SPDX-License-Identifier: Apache-2.0
#include "simt.hpp"

#include "../src/in_top_k.cu"
#include "../src/one_hot.cu"
#include "../src/sigmoid_cross_entropy.cu"
#include "../src/softmax_cross_entropy.cu"

#include "tensors.hpp"

/** The kernels of one kind of labels: plain and wide. */
template <class T>
static auto kernelFor(const std::vector<i32>&, bool wide) {
  return wide ? pick<T>(softmax_cross_entropy_forward_f32_sparse_wide,
                        softmax_cross_entropy_forward_bf16_sparse_wide,
                        softmax_cross_entropy_forward_f16_sparse_wide)
              : pick<T>(softmax_cross_entropy_forward_f32_sparse,
                        softmax_cross_entropy_forward_bf16_sparse,
                        softmax_cross_entropy_forward_f16_sparse);
}

template <class T>
static auto kernelFor(const std::vector<float>&, bool wide) {
  return wide ? pick<T>(softmax_cross_entropy_forward_f32_dense_wide,
                        softmax_cross_entropy_forward_bf16_dense_wide,
                        softmax_cross_entropy_forward_f16_dense_wide)
              : pick<T>(softmax_cross_entropy_forward_f32_dense,
                        softmax_cross_entropy_forward_bf16_dense,
                        softmax_cross_entropy_forward_f16_dense);
}

static Doubles distribution(const std::vector<i32>& labels, int row, int classes) {
  Doubles p(classes);
  if (labels[row] < 0 || labels[row] >= classes) {
    p.assign(classes, NAN);
  } else {
    p[labels[row]] = 1;
  }
  return p;
}

static Doubles distribution(const std::vector<float>& labels, int row, int classes) {
  return Doubles(labels.begin() + row * classes, labels.begin() + (row + 1) * classes);
}

/** The class that a distribution stands for, -1 if none. */
static int classOf(const Doubles& p) {
  if (std::isnan(p[0])) return -1;
  return static_cast<int>(std::max_element(p.begin(), p.end()) - p.begin());
}

/** How many predictions count as larger than the label's; all, if there is no such. */
static int rank(const Doubles& z, int label) {
  if (label < 0 || std::isnan(z[label])) return static_cast<int>(z.size());
  int count = 0;
  for (int c = 0; c < static_cast<int>(z.size()); c++) {
    count += z[c] > z[label] || (z[c] == z[label] && c < label);
  }
  return count;
}

template <class T, class L>
static void compare(const std::vector<T>& logits, const std::vector<L>& labels, int classes,
                    float smoothing, float scale, bool wide, size_t shift, size_t grid,
                    bool weighted = false, int k = 1) {
  int rows = static_cast<int>(logits.size() / classes);
  std::vector<float> weights;
  for (int r = 0; r < rows; r++) weights.push_back(below(9) / 4.0f);
  Buffer<float> weight("weights", weights), share("share", std::vector<float>{0.75f});
  const float* first = weighted ? static_cast<float*>(weight) : nullptr;
  const float* second = weighted ? static_cast<float*>(share) : nullptr;
  Buffer<T> z("logits", logits, shift), backprop("backprop", logits.size(), shift);
  Buffer<L> truth("labels", labels);
  Buffer<float> loss("loss", rows), right("hits", rows);
  float* hits = k > 0 ? static_cast<float*>(right) : nullptr;
  launch(blocks(grid), {BLOCK}, kernelFor<T>(labels, wide), z, truth, first, 1, second, 0, loss, backprop,
         hits, rows, classes, k, smoothing, scale);
  Doubles wantLoss, wantBackprop, wantHits;
  for (int r = 0; r < rows; r++) {
    Doubles p = distribution(labels, r, classes);
    Doubles row;
    for (int c = 0; c < classes; c++) row.push_back(toFloat(logits[r * classes + c]));
    int ahead = rank(row, classOf(p));
    wantHits.push_back(ahead < k && ahead < classes ? 1 : 0);
    double largest = *std::max_element(row.begin(), row.end());
    double sum = 0, mass = 0, total = 0;
    for (double v : row) sum += std::exp(v - largest);
    for (int c = 0; c < classes; c++) {
      p[c] = (1 - smoothing) * p[c] + smoothing / classes;
      mass += p[c];
      total -= p[c] * (row[c] - largest - std::log(sum));
    }
    wantLoss.push_back(total);
    double factor = weighted ? double(scale) * weights[r] * 0.75 : scale;
    for (int c = 0; c < classes; c++) {
      wantBackprop.push_back(factor * (std::exp(row[c] - largest) / sum * mass - p[c]));
    }
  }
  near("loss", loss.values(), wantLoss, 5e-6, 2e-6);
  near("backprop", backprop.values(), wantBackprop, weighted ? 1e-6 : 5e-7, 4e-6);
  if (k > 0) near("hits", right.values(), wantHits, 0, 0);
}

template <class T>
static void random(int rows, int classes, float smoothing, float scale, bool wide, size_t shift,
                   size_t grid) {
  std::vector<T> logits = normal<T>(size_t(rows) * classes);
  std::vector<i32> sparse;
  std::vector<float> dense;
  for (int r = 0; r < rows; r++) {
    sparse.push_back(below(4) == 0 ? (below(2) ? classes : -1) : below(classes));
    double total = 0;
    size_t begin = dense.size();
    for (int c = 0; c < classes; c++) {
      dense.push_back(below(1000));
      total += dense.back();
    }
    for (size_t i = begin; i < dense.size(); i++) dense[i] /= total + 1;
    if (sparse[r] >= 0 && sparse[r] < classes && below(2)) {
      logits[r * classes + sparse[r]] = fromFloat<T>(90);  // a right answer
    }
  }
  for (int k : {0, 1, 3}) {
    compare(logits, sparse, classes, smoothing, scale, wide, shift, grid, k > 0, k);
    compare(logits, dense, classes, smoothing, scale, wide, shift, grid, k > 0, k);
  }
}

static void narrow() {
  forEachDtype([](auto t) {
    using T = decltype(t);
    for (int classes : {1, 2, 10, 40, 128}) {
      random<T>(17, classes, 0, 1, false, 0, 3);
      random<T>(17, classes, 0.1f, 1.0f / 17, false, 1, 1);
    }
  });
}

static void wide() {
  forEachDtype([](auto t) {
    using T = decltype(t);
    for (int classes : {3, 257, 1000}) {
      random<T>(4, classes, 0, 0.25f, true, 0, 4);
      random<T>(4, classes, 0.1f, 1, true, 1, 2);
    }
  });
}

/** Ties go to the first class, a NaN is nobody's best, and nothing overflows. */
static void corners() {
  std::vector<float> logits = {2, 2, 1, 2, 2, 1, NAN, 2, 1, NAN, 2, 1, 1e4f, 0, -1e4f, 1e4f, 0, -1e4f};
  std::vector<i32> labels = {0, 1, 0, 1, 0, 2};
  std::vector<float> finite = {2, 2, 1, 2, 2, 1, 0, 2, 1, 0, 2, 1, 1e4f, 0, -1e4f, 1e4f, 0, -1e4f};
  compare(finite, labels, 3, 0, 1, false, 0, 1);
  Buffer<float> z("logits", logits), loss("loss", 6), backprop("backprop", 18);
  Buffer<i32> truth("labels", labels);
  Buffer<float> hits("hits", 6);
  launch({1}, {BLOCK}, softmax_cross_entropy_forward_f32_sparse, z, truth, nullptr, 0, nullptr, 0,
         loss, backprop, hits, 6, 3, 1, 0, 1);
  near("rows 0, 3 and 4 are right", hits.values(), {1, 0, 0, 1, 1, 0}, 0, 0);
  check(std::isnan(loss.values()[2]) && std::isnan(backprop.values()[10]), "NaN stays NaN");
  std::vector<float> tie = {0.5f, 0.5f, 0, 0, 0.5f, 0.5f};
  compare<float, float>({1, 0, 0, 0, 0, 1}, tie, 3, 0, 1, false, 0, 1);
}

static void sigmoids() {
  forEachDtype([](auto t) {
    using T = decltype(t);
    for (size_t n : {0, 1, 9, 1029, 4100}) {
      for (size_t shift : {0, 1}) {
        std::vector<T> logits = normal<T>(n, 3);
        std::vector<float> labels;
        for (size_t i = 0; i < n; i++) labels.push_back(below(11) / 10.0f);
        Buffer<T> z("logits", logits, shift), backprop("backprop", n, shift);
        Buffer<float> p("labels", labels), loss("loss", n);
        launch({2}, {BLOCK}, SELECT(T, sigmoid_cross_entropy_forward), z, p, loss, backprop, n);
        Doubles wantLoss, wantBackprop;
        for (size_t i = 0; i < n; i++) {
          double x = toFloat(logits[i]), q = labels[i];
          wantLoss.push_back(std::max(x, 0.0) - x * q + std::log1p(std::exp(-std::abs(x))));
          wantBackprop.push_back(1 / (1 + std::exp(-x)) - q);
        }
        near("loss", loss.values(), wantLoss, 2e-6, 1e-6);
        near("backprop", backprop.values(), wantBackprop, 2e-7, 1e-6);
      }
    }
  });
}

static void topK() {
  int rows = 21;
  for (int classes : {1, 3, 10, 36, 100}) {
    std::vector<float> p, dense;
    std::vector<i32> labels;
    for (int i = 0; i < rows * classes; i++) {
      p.push_back(below(30) == 0 ? NAN : below(6));  // many ties
      dense.push_back(below(4));
    }
    for (int r = 0; r < rows; r++) labels.push_back(below(classes + 2) - 1);
    for (int k : {1, 2, 5, 1000}) {
      Buffer<float> in("predictions", p), shares("labels", dense), y("y", rows), yDense("y", rows);
      Buffer<i32> truth("labels", labels);
      launch({2}, {BLOCK}, in_top_k_forward_f32_sparse, in, truth, y, rows, classes, k);
      launch({2}, {BLOCK}, in_top_k_forward_f32_dense, in, shares, yDense, rows, classes, k);
      Doubles want, wantDense;
      for (int r = 0; r < rows; r++) {
        Doubles row(p.begin() + r * classes, p.begin() + (r + 1) * classes);
        auto found = [&](int label) {
          bool exists = label >= 0 && label < classes && !std::isnan(row[label]);
          return exists && rank(row, label) < k ? 1 : 0;
        };
        want.push_back(found(labels[r]));
        wantDense.push_back(found(classOf(distribution(dense, r, classes))));
      }
      near("sparse", y.values(), want, 0, 0);
      near("dense", yDense.values(), wantDense, 0, 0);
    }
  }
}

static void oneHots() {
  int rows = 21;
  for (int classes : {1, 3, 10, 36, 100}) {
    std::vector<float> dense;
    std::vector<i32> labels;
    for (int i = 0; i < rows * classes; i++) dense.push_back(below(30) == 0 ? NAN : below(6));
    for (int r = 0; r < rows; r++) labels.push_back(below(classes + 2) - 1);
    Buffer<float> shares("labels", dense), y("y", rows * classes), yDense("y", rows * classes);
    Buffer<i32> truth("labels", labels);
    launch({2}, {BLOCK}, one_hot_forward_f32_sparse, truth, y, rows, classes);
    launch({2}, {BLOCK}, one_hot_forward_f32_dense, shares, yDense, rows, classes);
    Doubles want, wantDense;
    for (int r = 0; r < rows; r++) {
      int best = 0;
      for (int c = 1; c < classes; c++) {
        float v = dense[r * classes + c], most = dense[r * classes + best];
        if (v > most || (std::isnan(most) && !std::isnan(v))) best = c;
      }
      for (int c = 0; c < classes; c++) {
        want.push_back(c == labels[r]);
        wantDense.push_back(c == best);
      }
    }
    near("sparse", y.values(), want, 0, 0);
    near("dense", yDense.values(), wantDense, 0, 0);
  }
}

int main() {
  return runCases({{"narrow", narrow},
                   {"wide", wide},
                   {"corners", corners},
                   {"sigmoid", sigmoids},
                   {"in top k", topK},
                   {"one-hot", oneHots}});
}
