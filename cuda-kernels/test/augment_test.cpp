// SPDX-License-Identifier: Apache-2.0
#include "simt.hpp"

#include "../src/augment.cu"

#include "tensors.hpp"

constexpr u64 SEED = 0xfeedface12345678ull;
constexpr u32 STREAM = 0x09000002, STEP = 77;
constexpr double PI = 3.14159265358979323846;

static std::set<std::string> seen;  // what some case drew

/** What happens to an image, in double. */
struct Want {
  double along, across, down, right, vertical, horizontal, contrast, brightness;
  i64 boxTop, boxLeft;
};

/** limit s, as a float. */
static double drawn(float limit, u32 word) { return float(limit * (int(word >> 8) * 0x1p-23f - 1)); }

static i64 choice(u32 word, i64 choices) { return i64(word * u64(choices) >> 32); }

static Want wanted(size_t n, const ImageShape& s, const AugmentLimits& a) {
  uint4 move = philox(SEED, 3 * n, STREAM, STEP);
  uint4 shift = philox(SEED, 3 * n + 1, STREAM, STEP);
  uint4 colour = philox(SEED, 3 * n + 2, STREAM, STEP);
  Want w;
  w.horizontal = a.horizontal && move.x >= 0x80000000u ? -1 : 1;
  w.vertical = a.vertical && move.x % 0x80000000u >= 0x40000000u ? -1 : 1;
  double angle = 2 * PI * drawn(a.rotation, move.y), zoom = 1 + drawn(a.zoom, move.z);
  w.along = zoom * std::cos(angle);
  w.across = zoom * std::sin(angle);
  w.brightness = drawn(a.brightness, move.w);
  w.down = s.height * drawn(a.translation, shift.x) + choice(shift.z, 2 * a.crop + 1) - a.crop;
  w.right = s.width * drawn(a.translation, shift.y) + choice(shift.w, 2 * a.crop + 1) - a.crop;
  w.contrast = 1 + drawn(a.contrast, colour.x);
  w.boxTop = choice(colour.y, s.height) - a.erasing / 2;
  w.boxLeft = choice(colour.z, s.width) - a.erasing / 2;
  seen.insert(w.horizontal < 0 ? "mirrored" : "straight");
  seen.insert(w.vertical < 0 ? "upside down" : "upright");
  return w;
}

/** The pixels of a channel of an image, 0 outside. */
struct Channel {
  const Doubles& x;
  size_t n;
  int channel;
  ImageShape s;

  double at(int row, int column) const {
    bool inside = row >= 0 && row < s.height && column >= 0 && column < s.width;
    return inside ? x[((n * s.height + row) * s.width + column) * s.channels + channel] : 0;
  }

  double sample(double row, double column) const {
    int top = int(std::floor(row)), left = int(std::floor(column));
    double down = row - top, right = column - left;
    return (1 - down) * ((1 - right) * at(top, left) + right * at(top, left + 1)) +
           down * ((1 - right) * at(top + 1, left) + right * at(top + 1, left + 1));
  }

  double mean() const {
    double sum = 0;
    for (int r = 0; r < s.height; r++) {
      for (int c = 0; c < s.width; c++) sum += at(r, c);
    }
    return sum / (s.height * s.width);
  }
};

static double pixel(const Channel& from, int row, int column, const Want& w,
                    const AugmentLimits& a) {
  if (row >= w.boxTop && row < w.boxTop + a.erasing && column >= w.boxLeft &&
      column < w.boxLeft + a.erasing) {
    seen.insert("erased");
    return 0;
  }
  double middleRow = (from.s.height - 1) / 2.0, middleColumn = (from.s.width - 1) / 2.0;
  double r = row - middleRow, c = column - middleColumn;
  double v = from.sample(w.vertical * (w.along * r + w.across * c - w.down) + middleRow,
                         w.horizontal * (w.along * c - w.across * r - w.right) + middleColumn);
  if (a.contrast == 0 && a.brightness == 0) return v;
  double mean = from.mean(), u = (v - mean) * w.contrast + mean + w.brightness;
  seen.insert(u < 0 ? "black" : u > 1 ? "white" : "between");
  return std::min(std::max(u, 0.0), 1.0);
}

template <class T>
static void augment(size_t batch, const ImageShape& s, const AugmentLimits& a, size_t grid,
                    double tolerance) {
  size_t elements = batch * s.height * s.width * s.channels;
  Doubles values(elements);
  for (double& v : values) v = below(1000) / 999.0;
  std::vector<T> x = rounded<T>(values);
  Buffer<T> in("x", x), y("y", elements);
  Buffer<i32> iterations("iterations", std::vector<i32>{STEP});
  launch(blocks(grid), {BLOCK}, SELECT(T, augment_forward), in, y, iterations, i64(batch),
         s.height, s.width, s.channels, a.horizontal, a.vertical, a.crop, a.translation,
         a.rotation, a.zoom, a.contrast, a.brightness, a.erasing, SEED, STREAM);
  Doubles from = toDoubles(x), want;
  for (size_t n = 0; n < batch; n++) {
    Want w = wanted(n, s, a);
    for (int i = 0; i < s.height * s.width * s.channels; i++) {
      Channel channel{from, n, i % s.channels, s};
      int at = i / s.channels;
      want.push_back(pixel(channel, at / s.width, at % s.width, w, a));
    }
  }
  near("y", y.values(), want, tolerance, tolerance == 0 ? -ROUNDING<T> : 1e-6);
}

static const std::vector<ImageShape> SHAPES = {
    {1, 1, 1}, {8, 8, 1}, {7, 5, 3}, {17, 16, 1}, {20, 31, 2}};

/** Mirrors, whole pixels and squares copy. */
static void copies() {
  forEachDtype([](auto t) {
    using T = decltype(t);
    augment<T>(0, {8, 8, 1}, {1, 1, 2, 0, 0, 0, 0, 0, 4}, 1, 0);
    for (const ImageShape& s : SHAPES) {
      augment<T>(5, s, {0, 0, 0, 0, 0, 0, 0, 0, 0}, 5, 0);
      augment<T>(5, s, {1, 0, 0, 0, 0, 0, 0, 0, 0}, 5, 0);
      augment<T>(5, s, {0, 1, 0, 0, 0, 0, 0, 0, 3}, 2, 0);
      augment<T>(5, s, {1, 1, 4, 0, 0, 0, 0, 0, 4}, 1, 0);
    }
  });
}

/** A place 16 pixels from the centre has an error of some 2^-20, and neighbours differ by up to 1. */
static void changes() {
  forEachDtype([](auto t) {
    using T = decltype(t);
    for (const ImageShape& s : SHAPES) {
      augment<T>(4, s, {0, 0, 0, 0.2f, 0, 0, 0, 0, 0}, 4, 1e-5);
      augment<T>(4, s, {0, 0, 0, 0, 1, 0, 0, 0, 0}, 4, 1e-5);
      augment<T>(4, s, {0, 0, 0, 0, 0, 0.5f, 0, 0, 0}, 4, 1e-5);
      augment<T>(4, s, {0, 0, 0, 0, 0, 0, 1, 0, 0}, 3, 1e-5);
      augment<T>(4, s, {0, 0, 0, 0, 0, 0, 0, 1, 0}, 1, 1e-5);
      augment<T>(4, s, {1, 1, 2, 0.1f, 0.1f, 0.2f, 0.3f, 0.2f, 3}, 2, 1e-5);
    }
  });
  check(seen.size() == 8, "mirrored and not, erased, clipped and not have occurred");
}

int main() { return runCases({{"copies", copies}, {"changes", changes}}); }
