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
import static jcuda.jcudnn.cudnnBackendAttributeType.CUDNN_TYPE_CONVOLUTION_MODE;
import static jcuda.jcudnn.cudnnBackendAttributeType.CUDNN_TYPE_DATA_TYPE;
import static jcuda.jcudnn.cudnnBackendDescriptorType.CUDNN_BACKEND_CONVOLUTION_DESCRIPTOR;
import static jcuda.jcudnn.cudnnBackendDescriptorType.CUDNN_BACKEND_OPERATION_CONVOLUTION_BACKWARD_DATA_DESCRIPTOR;
import static jcuda.jcudnn.cudnnBackendDescriptorType.CUDNN_BACKEND_OPERATION_CONVOLUTION_BACKWARD_FILTER_DESCRIPTOR;
import static jcuda.jcudnn.cudnnBackendDescriptorType.CUDNN_BACKEND_OPERATION_CONVOLUTION_FORWARD_DESCRIPTOR;

import io.convoy.cuda.device.ConvolutionShape;
import io.convoy.cuda.device.ConvolutionStep.Pass;
import jcuda.jcudnn.cudnnConvolutionMode;
import jcuda.jcudnn.cudnnDataType;

/**
 * The passes of convolutions as operations for a graph of cuDNN's.
 *
 * @param tensors describes what they work on
 */
record GraphOperations(GraphTensors tensors) {
  /** A pass of a convolution, with sums in fp32. */
  BackendDescriptor convolution(Pass pass, ConvolutionShape s) {
    return convolution(pass, s, result(s));
  }

  /** The forward pass to a tensor y {@code [N,P,Q,K]}, which may be one between operations. */
  BackendDescriptor forward(ConvolutionShape s, BackendDescriptor y) {
    return convolution(Pass.FORWARD, s, y);
  }

  /** y {@code [N,P,Q,K]} in memory. */
  BackendDescriptor result(ConvolutionShape s) {
    return tensors.tensor(GraphTensors.Y, s.batch(), s.outHeight(), s.outWidth(), s.filters());
  }

  private BackendDescriptor convolution(Pass pass, ConvolutionShape s, BackendDescriptor y) {
    BackendDescriptor x =
        tensors.tensor(GraphTensors.X, s.batch(), s.height(), s.width(), s.channels());
    // Fewer channels than x has are how a graph says groups.
    BackendDescriptor w =
        tensors.tensor(
            GraphTensors.W,
            s.filters(),
            s.filterHeight(),
            s.filterWidth(),
            s.channels() / s.groups());
    BackendDescriptor window = window(s);
    Names names = Names.of(pass);
    return tensors
        .make()
        .make(names.operation)
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

  private BackendDescriptor window(ConvolutionShape s) {
    return tensors
        .make()
        .make(CUDNN_BACKEND_CONVOLUTION_DESCRIPTOR)
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
