// SPDX-License-Identifier: Apache-2.0
//
// Stands in for libcublas.so.12: matrix products in plain loops, with sums in double. Stricter than
// cuBLAS: what a graph records needs a workspace of the caller's, for cuBLAS would take new memory
// for each graph.
#include "tensors.hpp"

using namespace standin;

#define API extern "C" __attribute__((visibility("default")))

namespace {

constexpr int SUCCESS = 0;
constexpr int INVALID_VALUE = 7;
constexpr int EXECUTION_FAILED = 13;

constexpr int BF16 = 14;  // of cudaDataType
constexpr int COMPUTE_32F = 68;
constexpr int COMPUTE_32F_FAST_TF32 = 77;

struct Handle {
  void* stream = nullptr;
  bool hasWorkspace = false;
};

/** A factor op(a) [rows, columns], column-major in memory. */
struct Factor {
  const void* device;
  int leading;
  bool transposed;
  Type type;
  Doubles values;

  Factor(const void* device, int leading, int operation, Type type)
      : device(device), leading(leading), transposed(operation != 0), type(type) {}

  void load(int rows, int columns, bool asTf32) {
    size_t count = static_cast<size_t>(leading) * (transposed ? rows : columns);
    values = readFactor(device, count, type, asTf32);
  }

  double at(int row, int column) const {
    return transposed ? values[static_cast<size_t>(row) * leading + column]
                      : values[static_cast<size_t>(column) * leading + row];
  }
};

}  // namespace

API int cublasCreate_v2(void** made) {
  *made = new Handle();
  return SUCCESS;
}

API int cublasDestroy_v2(void* handle) {
  delete static_cast<Handle*>(handle);
  return SUCCESS;
}

API int cublasSetStream_v2(void* handle, void* stream) {
  *static_cast<Handle*>(handle) = {stream, false};
  return SUCCESS;
}

API int cublasSetWorkspace_v2(void* handle, void* memory, size_t) {
  static_cast<Handle*>(handle)->hasWorkspace = memory != nullptr;
  return SUCCESS;
}

API int cublasSetMathMode(void*, int) { return SUCCESS; }

API int cublasGetProperty(int property, int* value) {
  static const int VERSION[] = {12, 8, 0};
  *value = VERSION[property];
  return SUCCESS;
}

API const char* cublasGetStatusName(int status) {
  switch (status) {
    case SUCCESS:
      return "CUBLAS_STATUS_SUCCESS";
    case INVALID_VALUE:
      return "CUBLAS_STATUS_INVALID_VALUE";
    case EXECUTION_FAILED:
      return "CUBLAS_STATUS_EXECUTION_FAILED";
    default:
      return "an unknown status";
  }
}

/** c [m,n] = alpha op(a) [m,k] op(b) [k,n] + beta c, all column-major. */
API int cublasGemmEx(void* handle, int operationA, int operationB, int m, int n, int k,
                     const void* alpha, const void* a, int typeA, int lda, const void* b, int typeB,
                     int ldb, const void* beta, void* c, int typeC, int ldc, int compute, int) {
  Type factorType;
  Type otherType;
  Type resultType;
  if (!toType(typeA, BF16, factorType) || !toType(typeB, BF16, otherType) ||
      !toType(typeC, BF16, resultType) || factorType != otherType || ldc != m || m <= 0 || n <= 0 || k <= 0 ||
      (compute != COMPUTE_32F && compute != COMPUTE_32F_FAST_TF32)) {
    return INVALID_VALUE;
  }
  const auto& on = *static_cast<Handle*>(handle);
  if (isCapturing(on.stream) && !on.hasWorkspace) return EXECUTION_FAILED;
  bool asTf32 = compute == COMPUTE_32F_FAST_TF32;
  auto scale = *static_cast<const float*>(alpha);
  auto keep = *static_cast<const float*>(beta);
  put(on.stream, [=, left = Factor(a, lda, operationA, factorType),
                  right = Factor(b, ldb, operationB, factorType)]() mutable {
    left.load(m, k, asTf32);
    right.load(k, n, asTf32);
    size_t count = static_cast<size_t>(m) * n;
    Doubles result = keep == 0 ? Doubles(count) : readTensor(c, count, resultType);
    for (int column = 0; column < n; column++) {
      for (int row = 0; row < m; row++) {
        double sum = 0;
        for (int i = 0; i < k; i++) sum += left.at(row, i) * right.at(i, column);
        double& at = result[static_cast<size_t>(column) * m + row];
        at = scale * sum + (keep == 0 ? 0 : keep * at);
      }
    }
    writeTensor(c, result, resultType);
  });
  return SUCCESS;
}
