// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.jcuda;

import static jcuda.jcudnn.cudnnBackendAttributeName.CUDNN_ATTR_CONVOLUTION_COMP_TYPE;
import static jcuda.jcudnn.cudnnBackendAttributeName.CUDNN_ATTR_CONVOLUTION_CONV_MODE;
import static jcuda.jcudnn.cudnnBackendAttributeName.CUDNN_ATTR_CONVOLUTION_DILATIONS;
import static jcuda.jcudnn.cudnnBackendAttributeName.CUDNN_ATTR_CONVOLUTION_FILTER_STRIDES;
import static jcuda.jcudnn.cudnnBackendAttributeName.CUDNN_ATTR_CONVOLUTION_POST_PADDINGS;
import static jcuda.jcudnn.cudnnBackendAttributeName.CUDNN_ATTR_CONVOLUTION_PRE_PADDINGS;
import static jcuda.jcudnn.cudnnBackendAttributeName.CUDNN_ATTR_CONVOLUTION_SPATIAL_DIMS;
import static jcuda.jcudnn.cudnnBackendAttributeName.CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_DATA_ALPHA;
import static jcuda.jcudnn.cudnnBackendAttributeName.CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_DATA_BETA;
import static jcuda.jcudnn.cudnnBackendAttributeName.CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_DATA_CONV_DESC;
import static jcuda.jcudnn.cudnnBackendAttributeName.CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_DATA_DX;
import static jcuda.jcudnn.cudnnBackendAttributeName.CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_DATA_DY;
import static jcuda.jcudnn.cudnnBackendAttributeName.CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_DATA_W;
import static jcuda.jcudnn.cudnnBackendAttributeName.CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_FILTER_ALPHA;
import static jcuda.jcudnn.cudnnBackendAttributeName.CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_FILTER_BETA;
import static jcuda.jcudnn.cudnnBackendAttributeName.CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_FILTER_CONV_DESC;
import static jcuda.jcudnn.cudnnBackendAttributeName.CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_FILTER_DW;
import static jcuda.jcudnn.cudnnBackendAttributeName.CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_FILTER_DY;
import static jcuda.jcudnn.cudnnBackendAttributeName.CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_FILTER_X;
import static jcuda.jcudnn.cudnnBackendAttributeName.CUDNN_ATTR_OPERATION_CONVOLUTION_FORWARD_ALPHA;
import static jcuda.jcudnn.cudnnBackendAttributeName.CUDNN_ATTR_OPERATION_CONVOLUTION_FORWARD_BETA;
import static jcuda.jcudnn.cudnnBackendAttributeName.CUDNN_ATTR_OPERATION_CONVOLUTION_FORWARD_CONV_DESC;
import static jcuda.jcudnn.cudnnBackendAttributeName.CUDNN_ATTR_OPERATION_CONVOLUTION_FORWARD_W;
import static jcuda.jcudnn.cudnnBackendAttributeName.CUDNN_ATTR_OPERATION_CONVOLUTION_FORWARD_X;
import static jcuda.jcudnn.cudnnBackendAttributeName.CUDNN_ATTR_OPERATION_CONVOLUTION_FORWARD_Y;
import static jcuda.jcudnn.cudnnBackendAttributeName.CUDNN_ATTR_TENSOR_BYTE_ALIGNMENT;
import static jcuda.jcudnn.cudnnBackendAttributeName.CUDNN_ATTR_TENSOR_DATA_TYPE;
import static jcuda.jcudnn.cudnnBackendAttributeName.CUDNN_ATTR_TENSOR_DIMENSIONS;
import static jcuda.jcudnn.cudnnBackendAttributeName.CUDNN_ATTR_TENSOR_STRIDES;
import static jcuda.jcudnn.cudnnBackendAttributeName.CUDNN_ATTR_TENSOR_UNIQUE_ID;
import static jcuda.jcudnn.cudnnBackendAttributeType.CUDNN_TYPE_CONVOLUTION_MODE;
import static jcuda.jcudnn.cudnnBackendAttributeType.CUDNN_TYPE_DATA_TYPE;
import static jcuda.jcudnn.cudnnBackendDescriptorType.CUDNN_BACKEND_CONVOLUTION_DESCRIPTOR;
import static jcuda.jcudnn.cudnnBackendDescriptorType.CUDNN_BACKEND_OPERATION_CONVOLUTION_BACKWARD_DATA_DESCRIPTOR;
import static jcuda.jcudnn.cudnnBackendDescriptorType.CUDNN_BACKEND_OPERATION_CONVOLUTION_BACKWARD_FILTER_DESCRIPTOR;
import static jcuda.jcudnn.cudnnBackendDescriptorType.CUDNN_BACKEND_OPERATION_CONVOLUTION_FORWARD_DESCRIPTOR;
import static jcuda.jcudnn.cudnnBackendDescriptorType.CUDNN_BACKEND_TENSOR_DESCRIPTOR;

import io.convoy.compile.Precision;
import io.convoy.cuda.device.ConvolutionShape;
import io.convoy.cuda.device.ConvolutionStep.Pass;
import jcuda.jcudnn.cudnnConvolutionMode;
import jcuda.jcudnn.cudnnDataType;

/** Operations for a graph of cuDNN's, in one precision. */
final class GraphOperations {
  /** Names of the tensors, by which a call finds their addresses. */
  static final long X = 1;

  static final long W = 2;
  static final long Y = 3;

  /** What the widest loads ask for; buffers lie on multiples of 256. */
  private static final long ALIGNMENT = 16;

  private final Precision precision;
  private final BackendDescriptors make;

  GraphOperations(Precision precision, BackendDescriptors make) {
    this.precision = precision;
    this.make = make;
  }

  /** A pass of a convolution, with sums in fp32. */
  BackendDescriptor convolution(Pass pass, ConvolutionShape s) {
    BackendDescriptor x = tensor(X, s.batch(), s.height(), s.width(), s.channels());
    // Fewer channels than x has are how a graph says groups.
    BackendDescriptor w =
        tensor(W, s.filters(), s.filterHeight(), s.filterWidth(), s.channels() / s.groups());
    BackendDescriptor y = tensor(Y, s.batch(), s.outHeight(), s.outWidth(), s.filters());
    BackendDescriptor window = window(s);
    Names names = Names.of(pass);
    return make.make(names.operation)
        .set(names.x, x)
        .set(names.w, w)
        .set(names.y, y)
        .set(names.window, window)
        .setFactor(names.alpha, 1)
        .setFactor(names.beta, 0)
        .finish();
  }

  /** What cuDNN calls a pass and its attributes. */
  private record Names(int operation, int x, int w, int y, int window, int alpha, int beta) {
    static Names of(Pass pass) {
      return switch (pass) {
        case FORWARD ->
            new Names(
                CUDNN_BACKEND_OPERATION_CONVOLUTION_FORWARD_DESCRIPTOR,
                CUDNN_ATTR_OPERATION_CONVOLUTION_FORWARD_X,
                CUDNN_ATTR_OPERATION_CONVOLUTION_FORWARD_W,
                CUDNN_ATTR_OPERATION_CONVOLUTION_FORWARD_Y,
                CUDNN_ATTR_OPERATION_CONVOLUTION_FORWARD_CONV_DESC,
                CUDNN_ATTR_OPERATION_CONVOLUTION_FORWARD_ALPHA,
                CUDNN_ATTR_OPERATION_CONVOLUTION_FORWARD_BETA);
        case BACKWARD_DATA ->
            new Names(
                CUDNN_BACKEND_OPERATION_CONVOLUTION_BACKWARD_DATA_DESCRIPTOR,
                CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_DATA_DX,
                CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_DATA_W,
                CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_DATA_DY,
                CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_DATA_CONV_DESC,
                CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_DATA_ALPHA,
                CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_DATA_BETA);
        case BACKWARD_FILTER ->
            new Names(
                CUDNN_BACKEND_OPERATION_CONVOLUTION_BACKWARD_FILTER_DESCRIPTOR,
                CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_FILTER_X,
                CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_FILTER_DW,
                CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_FILTER_DY,
                CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_FILTER_CONV_DESC,
                CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_FILTER_ALPHA,
                CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_FILTER_BETA);
      };
    }
  }

  /** An image {@code [n,h,w,c]}, or a filter {@code [k,h,w,c]}. */
  BackendDescriptor tensor(long name, long n, long h, long w, long c) {
    return make.make(CUDNN_BACKEND_TENSOR_DESCRIPTOR)
        .set(CUDNN_ATTR_TENSOR_UNIQUE_ID, name)
        .setConstant(CUDNN_ATTR_TENSOR_DATA_TYPE, CUDNN_TYPE_DATA_TYPE, Descriptors.type(precision))
        .set(CUDNN_ATTR_TENSOR_BYTE_ALIGNMENT, ALIGNMENT)
        // Sizes come in this order for all layouts; the strides say how it lies.
        .set(CUDNN_ATTR_TENSOR_DIMENSIONS, n, c, h, w)
        .set(CUDNN_ATTR_TENSOR_STRIDES, h * w * c, 1, w * c, c)
        .finish();
  }

  private BackendDescriptor window(ConvolutionShape s) {
    return make.make(CUDNN_BACKEND_CONVOLUTION_DESCRIPTOR)
        .setConstant(
            CUDNN_ATTR_CONVOLUTION_COMP_TYPE, CUDNN_TYPE_DATA_TYPE, cudnnDataType.CUDNN_DATA_FLOAT)
        .setConstant(
            CUDNN_ATTR_CONVOLUTION_CONV_MODE,
            CUDNN_TYPE_CONVOLUTION_MODE,
            cudnnConvolutionMode.CUDNN_CROSS_CORRELATION)
        .set(CUDNN_ATTR_CONVOLUTION_SPATIAL_DIMS, 2)
        .set(CUDNN_ATTR_CONVOLUTION_PRE_PADDINGS, s.padHeight(), s.padWidth())
        .set(CUDNN_ATTR_CONVOLUTION_POST_PADDINGS, s.padHeight(), s.padWidth())
        .set(CUDNN_ATTR_CONVOLUTION_FILTER_STRIDES, s.strideHeight(), s.strideWidth())
        .set(CUDNN_ATTR_CONVOLUTION_DILATIONS, s.dilationHeight(), s.dilationWidth())
        .finish();
  }
}
