// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.jcuda;

import static jcuda.jcudnn.cudnnBackendAttributeName.CUDNN_ATTR_TENSOR_BYTE_ALIGNMENT;
import static jcuda.jcudnn.cudnnBackendAttributeName.CUDNN_ATTR_TENSOR_DATA_TYPE;
import static jcuda.jcudnn.cudnnBackendAttributeName.CUDNN_ATTR_TENSOR_DIMENSIONS;
import static jcuda.jcudnn.cudnnBackendAttributeName.CUDNN_ATTR_TENSOR_IS_VIRTUAL;
import static jcuda.jcudnn.cudnnBackendAttributeName.CUDNN_ATTR_TENSOR_STRIDES;
import static jcuda.jcudnn.cudnnBackendAttributeName.CUDNN_ATTR_TENSOR_UNIQUE_ID;
import static jcuda.jcudnn.cudnnBackendAttributeType.CUDNN_TYPE_DATA_TYPE;
import static jcuda.jcudnn.cudnnBackendDescriptorType.CUDNN_BACKEND_TENSOR_DESCRIPTOR;

import io.convoy.compile.Precision;
import jcuda.jcudnn.cudnnDataType;

/**
 * Tensors for a graph of cuDNN's, in one precision, and the names by which a call has addresses.
 */
record GraphTensors(Precision precision, BackendDescriptors make) {
  static final long X = 1;
  static final long W = 2;
  static final long Y = 3;
  static final long BIAS = 4;
  static final long SUM = 5;
  static final long SQUARES = 6;

  /** What the widest loads ask for; buffers lie on multiples of 256. */
  private static final long ALIGNMENT = 16;

  /** An image {@code [n,h,w,c]}, or a filter {@code [k,h,w,c]}. */
  BackendDescriptor tensor(long name, long n, long h, long w, long c) {
    return described(name, Descriptors.type(precision), n, h, w, c).finish();
  }

  /** A number of fp32 for each of c channels. */
  BackendDescriptor vector(long name, long c) {
    return described(name, cudnnDataType.CUDNN_DATA_FLOAT, 1, 1, 1, c).finish();
  }

  /** An image {@code [n,h,w,c]} between two operations: in fp32, and never in memory. */
  BackendDescriptor between(long name, long n, long h, long w, long c) {
    return described(name, cudnnDataType.CUDNN_DATA_FLOAT, n, h, w, c)
        .setFlag(CUDNN_ATTR_TENSOR_IS_VIRTUAL, true)
        .finish();
  }

  private BackendDescriptor described(long name, int type, long n, long h, long w, long c) {
    return make.make(CUDNN_BACKEND_TENSOR_DESCRIPTOR)
        .set(CUDNN_ATTR_TENSOR_UNIQUE_ID, name)
        .setConstant(CUDNN_ATTR_TENSOR_DATA_TYPE, CUDNN_TYPE_DATA_TYPE, type)
        .set(CUDNN_ATTR_TENSOR_BYTE_ALIGNMENT, ALIGNMENT)
        // Sizes come in this order for all layouts; the strides say how it lies.
        .set(CUDNN_ATTR_TENSOR_DIMENSIONS, n, c, h, w)
        .set(CUDNN_ATTR_TENSOR_STRIDES, h * w * c, 1, w * c, c);
  }
}
