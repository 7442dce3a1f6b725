// SPDX-License-Identifier: Apache-2.0
//
// Stands in for libcudnn.so.9: its legacy API for convolutions and pooling, as far as java/cuda calls
// it, in plain loops. A convolution has four algorithms:
//   0  the fastest; not deterministic; no workspace
//   1  deterministic; fails with less than WORKSPACE bytes of workspace
//   2  not supported
//   3  fast, but takes more workspace than anybody offers
// Where the math type lets cuDNN take TF32, factors are rounded to it.
#include "cudnn.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

using namespace standin;

namespace {

constexpr int NHWC = 1;
constexpr int FMA_MATH = 3;

struct TensorDescriptor {
  Type type;
  int n, c, h, w;

  bool operator==(const TensorDescriptor& o) const {
    return type == o.type && n == o.n && c == o.c && h == o.h && w == o.w;
  }
};

struct ConvolutionDescriptor {
  int padH, padW, strideH, strideW, dilationH, dilationW;
  int groups = 1;
  int math = 0;
};

struct PoolingDescriptor {
  bool max;
  int windowH, windowW, padH, padW, strideH, strideW;
};

/** A convolution as a call describes it: filters n c h w are k c/groups r s. */
struct Call {
  Handle* handle;
  const TensorDescriptor& x;
  const TensorDescriptor& w;
  const ConvolutionDescriptor& how;
  const TensorDescriptor& y;

  ConvolutionShape shape() const {
    return {x.n, x.h, x.w, x.c, w.n, w.h, w.w, y.h, y.w, how.padH, how.padW, how.strideH,
            how.strideW, how.dilationH, how.dilationW, how.groups};
  }

  bool isValid() const {
    ConvolutionShape s = shape();
    return x.type == w.type && w.type == y.type && x.n == y.n && w.n == y.c && s.isValid() &&
           w.c == s.groupChannels();
  }

  int run(Pass pass, ConvolutionTensors on, int algorithm, size_t workspace, const float* alpha,
          const float* beta) const {
    if (!isValid() || *alpha != 1 || *beta != 0) return BAD_PARAM;
    if (algorithm > 1) return NOT_SUPPORTED;
    if (algorithm == 1 && workspace < WORKSPACE) return BAD_PARAM;
    bool asTf32 = x.type == Type::FP32 && how.math != FMA_MATH;
    put(handle->stream,
        [=, shape = shape(), type = x.type] { convolve(pass, shape, on, type, asTf32); });
    return SUCCESS;
  }
};

/** cudnnConvolutionFwdAlgoPerf_t, and those of the other two passes. */
struct Performance {
  int algorithm;
  int status;
  float milliseconds;
  size_t workspace;
  int deterministic;
  int math;
  int reserved[3];
};

int find(const Call& call, int asked, int* found, Performance* results) {
  if (!call.isValid()) return BAD_PARAM;
  if (isCapturing(call.handle->stream)) return EXECUTION_FAILED;
  const Performance all[] = {{0, SUCCESS, 1, 0, 0, call.how.math, {}},
                             {1, SUCCESS, 2, WORKSPACE, 1, call.how.math, {}},
                             {3, ALLOC_FAILED, -1, 1ull << 40, 1, call.how.math, {}},
                             {2, NOT_SUPPORTED, -1, 0, 0, call.how.math, {}}};
  *found = std::min(asked, 4);
  std::copy(all, all + *found, results);
  return SUCCESS;
}

int workspaceOf(const Call& call, int algorithm, size_t* bytes) {
  if (!call.isValid()) return BAD_PARAM;
  *bytes = algorithm == 1 ? WORKSPACE : algorithm == 3 ? 1ull << 40 : 0;
  return algorithm == 2 ? NOT_SUPPORTED : SUCCESS;
}

template <class T>
T& as(void* descriptor) {
  return *static_cast<T*>(descriptor);
}

Call callOf(void* handle, void* x, void* w, void* how, void* y) {
  return {static_cast<Handle*>(handle), as<TensorDescriptor>(x), as<TensorDescriptor>(w),
          as<ConvolutionDescriptor>(how), as<TensorDescriptor>(y)};
}

template <class T>
int create(void** made) {
  *made = new T();
  return SUCCESS;
}

template <class T>
int destroy(void* descriptor) {
  delete static_cast<T*>(descriptor);
  return SUCCESS;
}

/** One element of y [n,h,w,c]: the maximum, NaN if there is one, or the mean of what is no padding. */
double pooled(const PoolingDescriptor& how, const TensorDescriptor& x, const Doubles& values, int n,
              int p, int q, int c) {
  double most = -std::numeric_limits<double>::infinity();
  double sum = 0;
  int count = 0;
  for (int r = 0; r < how.windowH; r++) {
    for (int s = 0; s < how.windowW; s++) {
      int row = p * how.strideH - how.padH + r;
      int column = q * how.strideW - how.padW + s;
      if (row < 0 || row >= x.h || column < 0 || column >= x.w) continue;
      double value = values[((static_cast<size_t>(n) * x.h + row) * x.w + column) * x.c + c];
      most = value > most || std::isnan(value) ? value : most;
      sum += value;
      count++;
    }
  }
  return how.max ? most : sum / count;
}

Doubles pooled(const PoolingDescriptor& how, const TensorDescriptor& x, const TensorDescriptor& y,
               const Doubles& values) {
  Doubles result;
  for (int n = 0; n < y.n; n++)
    for (int p = 0; p < y.h; p++)
      for (int q = 0; q < y.w; q++)
        for (int c = 0; c < y.c; c++) result.push_back(pooled(how, x, values, n, p, q, c));
  return result;
}

}  // namespace

// -------------------------------------------------------------------------------------- handles

API size_t cudnnGetVersion() { return 90800; }

API const char* cudnnGetErrorString(int status) {
  switch (status) {
    case SUCCESS:
      return "CUDNN_STATUS_SUCCESS";
    case BAD_PARAM:
      return "CUDNN_STATUS_BAD_PARAM";
    case NOT_SUPPORTED:
      return "CUDNN_STATUS_NOT_SUPPORTED";
    case EXECUTION_FAILED:
      return "CUDNN_STATUS_EXECUTION_FAILED";
    default:
      return "an unknown status";
  }
}

API int cudnnCreate(void** made) { return create<Handle>(made); }

API int cudnnDestroy(void* handle) { return destroy<Handle>(handle); }

API int cudnnSetStream(void* handle, void* stream) {
  as<Handle>(handle).stream = stream;
  return SUCCESS;
}

// ---------------------------------------------------------------------------------- descriptors

API int cudnnCreateTensorDescriptor(void** made) { return create<TensorDescriptor>(made); }

API int cudnnDestroyTensorDescriptor(void* made) { return destroy<TensorDescriptor>(made); }

API int cudnnSetTensor4dDescriptor(void* made, int format, int type, int n, int c, int h, int w) {
  Type own;
  if (!toType(type, own)) return BAD_PARAM;
  as<TensorDescriptor>(made) = {own, n, c, h, w};
  return format == NHWC ? SUCCESS : NOT_SUPPORTED;
}

API int cudnnCreateFilterDescriptor(void** made) { return create<TensorDescriptor>(made); }

API int cudnnDestroyFilterDescriptor(void* made) { return destroy<TensorDescriptor>(made); }

API int cudnnSetFilter4dDescriptor(void* made, int type, int format, int k, int c, int h, int w) {
  return cudnnSetTensor4dDescriptor(made, format, type, k, c, h, w);
}

API int cudnnCreateConvolutionDescriptor(void** made) {
  return create<ConvolutionDescriptor>(made);
}

API int cudnnDestroyConvolutionDescriptor(void* made) {
  return destroy<ConvolutionDescriptor>(made);
}

API int cudnnSetConvolution2dDescriptor(void* made, int padH, int padW, int strideH, int strideW,
                                        int dilationH, int dilationW, int mode, int computeType) {
  as<ConvolutionDescriptor>(made) = {padH, padW, strideH, strideW, dilationH, dilationW};
  return mode == CROSS_CORRELATION && computeType == 0 ? SUCCESS : NOT_SUPPORTED;
}

API int cudnnSetConvolutionGroupCount(void* made, int groups) {
  as<ConvolutionDescriptor>(made).groups = groups;
  return SUCCESS;
}

API int cudnnSetConvolutionMathType(void* made, int math) {
  as<ConvolutionDescriptor>(made).math = math;
  return SUCCESS;
}

API int cudnnCreatePoolingDescriptor(void** made) { return create<PoolingDescriptor>(made); }

API int cudnnDestroyPoolingDescriptor(void* made) { return destroy<PoolingDescriptor>(made); }

API int cudnnSetPooling2dDescriptor(void* made, int mode, int propagatesNan, int windowH, int windowW,
                                    int padH, int padW, int strideH, int strideW) {
  constexpr int AVERAGE_COUNT_EXCLUDE_PADDING = 2;
  as<PoolingDescriptor>(made) = {mode == 0, windowH, windowW, padH, padW, strideH, strideW};
  bool known = propagatesNan == 1 && (mode == 0 || mode == AVERAGE_COUNT_EXCLUDE_PADDING);
  return known ? SUCCESS : NOT_SUPPORTED;
}

// --------------------------------------------------------------------------------- convolutions

API int cudnnFindConvolutionForwardAlgorithmEx(void* handle, void* x, const void*, void* w,
                                               const void*, void* how, void* y, void*, int asked,
                                               int* found, Performance* results, void*, size_t) {
  return find(callOf(handle, x, w, how, y), asked, found, results);
}

API int cudnnFindConvolutionBackwardDataAlgorithmEx(void* handle, void* w, const void*, void* y,
                                                    const void*, void* how, void* x, void*,
                                                    int asked, int* found, Performance* results,
                                                    void*, size_t) {
  return find(callOf(handle, x, w, how, y), asked, found, results);
}

API int cudnnFindConvolutionBackwardFilterAlgorithmEx(void* handle, void* x, const void*, void* y,
                                                      const void*, void* how, void* w, void*,
                                                      int asked, int* found, Performance* results,
                                                      void*, size_t) {
  return find(callOf(handle, x, w, how, y), asked, found, results);
}

API int cudnnGetConvolutionForwardWorkspaceSize(void* handle, void* x, void* w, void* how, void* y,
                                                int algorithm, size_t* bytes) {
  return workspaceOf(callOf(handle, x, w, how, y), algorithm, bytes);
}

API int cudnnGetConvolutionBackwardDataWorkspaceSize(void* handle, void* w, void* y, void* how,
                                                     void* x, int algorithm, size_t* bytes) {
  return workspaceOf(callOf(handle, x, w, how, y), algorithm, bytes);
}

API int cudnnGetConvolutionBackwardFilterWorkspaceSize(void* handle, void* x, void* y, void* how,
                                                       void* w, int algorithm, size_t* bytes) {
  return workspaceOf(callOf(handle, x, w, how, y), algorithm, bytes);
}

API int cudnnConvolutionForward(void* handle, const float* alpha, void* xDescriptor, void* x,
                                void* wDescriptor, void* w, void* how, int algorithm, void*,
                                size_t workspace, const float* beta, void* yDescriptor, void* y) {
  return callOf(handle, xDescriptor, wDescriptor, how, yDescriptor)
      .run(Pass::FORWARD, {x, w, y}, algorithm, workspace, alpha, beta);
}

API int cudnnConvolutionBackwardData(void* handle, const float* alpha, void* wDescriptor, void* w,
                                     void* yDescriptor, void* y, void* how, int algorithm, void*,
                                     size_t workspace, const float* beta, void* xDescriptor,
                                     void* x) {
  return callOf(handle, xDescriptor, wDescriptor, how, yDescriptor)
      .run(Pass::BACKWARD_DATA, {x, w, y}, algorithm, workspace, alpha, beta);
}

API int cudnnConvolutionBackwardFilter(void* handle, const float* alpha, void* xDescriptor, void* x,
                                       void* yDescriptor, void* y, void* how, int algorithm, void*,
                                       size_t workspace, const float* beta, void* wDescriptor,
                                       void* w) {
  return callOf(handle, xDescriptor, wDescriptor, how, yDescriptor)
      .run(Pass::BACKWARD_FILTER, {x, w, y}, algorithm, workspace, alpha, beta);
}

// -------------------------------------------------------------------------------------- pooling

API int cudnnPoolingForward(void* handle, void* how, const float* alpha, void* xDescriptor,
                            const void* x, const float* beta, void* yDescriptor, void* y) {
  auto window = as<PoolingDescriptor>(how);
  auto from = as<TensorDescriptor>(xDescriptor);
  auto to = as<TensorDescriptor>(yDescriptor);
  TensorDescriptor expected = {
      from.type, from.n, from.c,
      ConvolutionShape::out(from.h, window.padH, window.windowH, window.strideH, 1),
      ConvolutionShape::out(from.w, window.padW, window.windowW, window.strideW, 1)};
  if (!(to == expected) || *alpha != 1 || *beta != 0) return BAD_PARAM;
  put(as<Handle>(handle).stream, [=] {
    size_t count = static_cast<size_t>(from.n) * from.h * from.w * from.c;
    writeTensor(y, pooled(window, from, to, readTensor(x, count, from.type)), to.type);
  });
  return SUCCESS;
}
