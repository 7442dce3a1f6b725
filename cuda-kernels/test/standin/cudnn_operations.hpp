// SPDX-License-Identifier: Apache-2.0
//
// Descriptors of cuDNN's graph API for tensors and operations, for the stand-in.
#pragma once

#include <cmath>
#include <cstring>
#include <map>
#include <vector>

#include "cudnn.hpp"

namespace standin {

/** The descriptors, by cuDNN's numbers. */
enum Kind {
  FUNCTION = 0,
  WINDOW = 1,
  ENGINE = 2,
  CONFIGURATION = 3,
  HEURISTIC = 4,
  PLAN = 5,
  KNOB_CHOICE = 7,
  FORWARD = 10,
  BACKWARD_FILTER = 11,
  BACKWARD_DATA = 12,
  POINTWISE = 13,
  STATISTICS = 14,
  GRAPH = 15,
  PACK = 16,
  TENSOR = 17
};

/** The attributes that are read here. */
enum Attribute {
  FUNCTION_MODE = 0,
  FUNCTION_TYPE = 1,
  NAN_PROPAGATION = 2,
  RELU_LOWER = 3,
  RELU_UPPER = 4,
  RELU_SLOPE = 5,
  ELU_ALPHA = 6,
  SWISH_BETA = 8,
  COMPUTE_TYPE = 100,
  MODE = 101,
  DILATIONS = 102,
  STRIDES = 103,
  POST_PADDINGS = 104,
  PRE_PADDINGS = 105,
  SPATIAL_DIMS = 106,
  HEURISTIC_MODE = 200,
  HEURISTIC_GRAPH = 201,
  HEURISTIC_RESULTS = 202,
  CONFIGURED_ENGINE = 300,
  CONFIGURED_KNOBS = 302,
  PLAN_HANDLE = 400,
  PLAN_CONFIGURATION = 401,
  PLAN_WORKSPACE = 402,
  KNOB_TYPE = 600,
  KNOB_VALUE = 601,
  FORWARD_ALPHA = 700,  // beta, window, w, x, y follow; then the same of the other two passes
  POINTWISE_FUNCTION = 750,
  POINTWISE_X = 751,
  POINTWISE_B = 752,
  POINTWISE_Y = 753,
  POINTWISE_ALPHA1 = 754,
  POINTWISE_ALPHA2 = 755,
  STATISTICS_MODE = 770,
  STATISTICS_TYPE = 771,
  STATISTICS_X = 772,
  STATISTICS_SUM = 773,
  STATISTICS_SQUARES = 774,
  GRAPH_HANDLE = 800,
  GRAPH_OPERATIONS = 801,
  ALIGNMENT = 900,
  DATA_TYPE = 901,
  DIMENSIONS = 902,
  TENSOR_STRIDES = 903,
  NAME = 906,
  VIRTUAL = 907,
  PACK_NAMES = 1000,
  PACK_ADDRESSES = 1001,
  PACK_WORKSPACE = 1003,
  ENGINE_GRAPH = 1300,
  ENGINE_INDEX = 1301,
  ENGINE_NOTES = 1303
};

using Values = std::vector<int64_t>;

struct Descriptor {
  int kind;
  bool finished = false;
  std::map<int, Values> attributes;

  explicit Descriptor(int kind) : kind(kind) {}

  const Values& operator[](int attribute) const {
    static const Values NONE;
    auto found = attributes.find(attribute);
    return found == attributes.end() ? NONE : found->second;
  }

  /** Whether an attribute is these values. */
  bool is(int attribute, const Values& expected) const { return (*this)[attribute] == expected; }

  /** What an attribute refers to, if that is one finished descriptor of a kind; else null. */
  const Descriptor* part(int attribute, int kind) const {
    const Values& values = (*this)[attribute];
    if (values.size() != 1) return nullptr;
    auto* part = reinterpret_cast<const Descriptor*>(values[0]);
    return part != nullptr && part->kind == kind && part->finished ? part : nullptr;
  }

  bool has(int attribute, size_t count) const { return (*this)[attribute].size() == count; }
};

inline int64_t bits(float value) {
  int32_t bits;
  std::memcpy(&bits, &value, sizeof(bits));
  return bits;
}

inline double number(const Descriptor& d, int attribute) {
  double value;
  std::memcpy(&value, &d[attribute][0], sizeof(value));
  return value;
}

/** Whether a tensor is one between operations. */
inline bool isBetween(const Descriptor& tensor) { return tensor.is(VIRTUAL, {1}); }

/** One pass of a convolution, as its operation describes it. */
struct Operation {
  const Descriptor& self;
  int first;  // of its attributes
  const Descriptor* window;
  const Descriptor* w;
  const Descriptor* x;
  const Descriptor* y;

  explicit Operation(const Descriptor& self)
      : self(self),
        first(FORWARD_ALPHA + (self.kind == FORWARD ? 0 : self.kind == BACKWARD_DATA ? 6 : 12)),
        window(self.part(first + 2, WINDOW)),
        w(self.part(first + 3, TENSOR)),
        x(self.part(first + 4, TENSOR)),
        y(self.part(first + 5, TENSOR)) {}

  Pass pass() const {
    return self.kind == FORWARD         ? Pass::FORWARD
           : self.kind == BACKWARD_DATA ? Pass::BACKWARD_DATA
                                        : Pass::BACKWARD_FILTER;
  }

  static int size(const Descriptor* tensor, int axis) {
    return static_cast<int>((*tensor)[DIMENSIONS][axis]);
  }

  int axis(int attribute, int which) const { return static_cast<int>((*window)[attribute][which]); }

  ConvolutionShape shape() const {
    int channels = size(w, 1);
    return {size(x, 0),           size(x, 2),         size(x, 3),         size(x, 1),
            size(w, 0),           size(w, 2),         size(w, 3),         size(y, 2),
            size(y, 3),           axis(PRE_PADDINGS, 0), axis(PRE_PADDINGS, 1), axis(STRIDES, 0),
            axis(STRIDES, 1),     axis(DILATIONS, 0), axis(DILATIONS, 1),
            channels == 0 ? 0 : size(x, 1) / channels};
  }

  Type type() const {
    Type type = Type::FP32;
    toType((*x)[DATA_TYPE][0], type);
    return type;
  }

  bool isValid() const {
    if (window == nullptr || w == nullptr || x == nullptr || y == nullptr) return false;
    bool same = x->is(DATA_TYPE, (*w)[DATA_TYPE]) &&
                (isBetween(*y) ? y->is(DATA_TYPE, {0}) : y->is(DATA_TYPE, (*w)[DATA_TYPE]));
    return same && self.is(first, {bits(1)}) && self.is(first + 1, {bits(0)}) &&
           size(x, 0) == size(y, 0) && size(w, 0) == size(y, 1) && shape().isValid();
  }
};

/** Packed, with the channels innermost. */
inline bool isTensor(const Descriptor& d) {
  Type type;
  if (!d.has(DATA_TYPE, 1) || !toType(d[DATA_TYPE][0], type) || !d.has(DIMENSIONS, 4)) return false;
  int64_t c = d[DIMENSIONS][1], h = d[DIMENSIONS][2], w = d[DIMENSIONS][3];
  return d.is(TENSOR_STRIDES, {h * w * c, 1, w * c, c}) && d.has(NAME, 1) && d.has(ALIGNMENT, 1);
}

inline bool isWindow(const Descriptor& d) {
  return d.is(COMPUTE_TYPE, {0}) && d.is(MODE, {CROSS_CORRELATION}) && d.is(SPATIAL_DIMS, {2}) &&
         d.has(PRE_PADDINGS, 2) && d.is(POST_PADDINGS, d[PRE_PADDINGS]) && d.has(STRIDES, 2) &&
         d.has(DILATIONS, 2);
}

/** A function of one number, or the sum of two. */
struct Function {
  enum Mode { ADD = 0, RELU = 100, TANH = 101, SIGMOID = 102, ELU = 103, GELU = 104, SWISH = 106 };

  int64_t mode;
  bool keepsNan = false;
  double lower = 0, upper = 0, slope = 0, alpha = 0, beta = 0;

  explicit Function(const Descriptor& d) : mode(d[FUNCTION_MODE][0]) {
    if (mode == RELU) {
      keepsNan = d.is(NAN_PROPAGATION, {1});
      lower = number(d, RELU_LOWER);
      upper = number(d, RELU_UPPER);
      slope = number(d, RELU_SLOPE);
    } else if (mode == ELU) {
      alpha = number(d, ELU_ALPHA);
    } else if (mode == SWISH) {
      beta = number(d, SWISH_BETA);
    }
  }

  static bool isValid(const Descriptor& d) {
    if (!d.has(FUNCTION_MODE, 1) || !d.is(FUNCTION_TYPE, {0})) return false;
    switch (d[FUNCTION_MODE][0]) {
      case RELU:
        return d.has(RELU_LOWER, 1) && d.has(RELU_UPPER, 1) && d.has(RELU_SLOPE, 1);
      case ELU:
        return d.has(ELU_ALPHA, 1);
      case SWISH:
        return d.has(SWISH_BETA, 1);
      case ADD:
      case TANH:
      case SIGMOID:
      case GELU:
        return true;
      default:
        return false;
    }
  }

  double operator()(double x) const {
    switch (mode) {
      case RELU:
        if (std::isnan(x)) return keepsNan ? x : lower;
        return x <= lower ? lower + slope * (x - lower) : std::fmin(x, upper);
      case TANH:
        return std::tanh(x);
      case SIGMOID:
        return 1 / (1 + std::exp(-x));
      case ELU:
        return x > 0 ? x : alpha * std::expm1(x);
      case GELU:
        return x * std::erfc(-x / std::sqrt(2.0)) / 2;
      default:
        return x / (1 + std::exp(-beta * x));
    }
  }
};

/** y = x + b, with a number of b for each channel, or y = f(x). */
struct Pointwise {
  const Descriptor& self;
  const Descriptor* function;
  const Descriptor* x;
  const Descriptor* b;
  const Descriptor* y;

  explicit Pointwise(const Descriptor& self)
      : self(self),
        function(self.part(POINTWISE_FUNCTION, FUNCTION)),
        x(self.part(POINTWISE_X, TENSOR)),
        b(self.part(POINTWISE_B, TENSOR)),
        y(self.part(POINTWISE_Y, TENSOR)) {}

  bool isSum() const { return function->is(FUNCTION_MODE, {Function::ADD}); }

  bool isValid() const {
    if (function == nullptr || x == nullptr || y == nullptr || isSum() != (b != nullptr)) return false;
    bool ones = self.is(POINTWISE_ALPHA1, {bits(1)}) && self.is(POINTWISE_ALPHA2, {bits(1)});
    bool broadcasts = !isSum() || b->is(DIMENSIONS, {1, (*x)[DIMENSIONS][1], 1, 1});
    return ones && broadcasts && x->is(DIMENSIONS, (*y)[DIMENSIONS]);
  }
};

/** For each channel of x the sum, and the sum of the squares. */
struct Statistics {
  const Descriptor& self;
  const Descriptor* x;
  const Descriptor* sum;
  const Descriptor* squares;

  explicit Statistics(const Descriptor& self)
      : self(self),
        x(self.part(STATISTICS_X, TENSOR)),
        sum(self.part(STATISTICS_SUM, TENSOR)),
        squares(self.part(STATISTICS_SQUARES, TENSOR)) {}

  bool isVector(const Descriptor* d) const {
    return d != nullptr && d->is(DATA_TYPE, {0}) && d->is(DIMENSIONS, {1, (*x)[DIMENSIONS][1], 1, 1});
  }

  bool isValid() const {
    return self.is(STATISTICS_MODE, {0}) && self.is(STATISTICS_TYPE, {0}) && x != nullptr &&
           isVector(sum) && isVector(squares);
  }
};

}  // namespace standin
