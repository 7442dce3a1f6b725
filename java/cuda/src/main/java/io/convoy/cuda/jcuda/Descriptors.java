// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.jcuda;

import static jcuda.jcudnn.JCudnn.cudnnCreateConvolutionDescriptor;
import static jcuda.jcudnn.JCudnn.cudnnCreateFilterDescriptor;
import static jcuda.jcudnn.JCudnn.cudnnCreatePoolingDescriptor;
import static jcuda.jcudnn.JCudnn.cudnnCreateTensorDescriptor;
import static jcuda.jcudnn.JCudnn.cudnnDestroyConvolutionDescriptor;
import static jcuda.jcudnn.JCudnn.cudnnDestroyFilterDescriptor;
import static jcuda.jcudnn.JCudnn.cudnnDestroyPoolingDescriptor;
import static jcuda.jcudnn.JCudnn.cudnnDestroyTensorDescriptor;
import static jcuda.jcudnn.JCudnn.cudnnSetConvolution2dDescriptor;
import static jcuda.jcudnn.JCudnn.cudnnSetConvolutionGroupCount;
import static jcuda.jcudnn.JCudnn.cudnnSetConvolutionMathType;
import static jcuda.jcudnn.JCudnn.cudnnSetFilter4dDescriptor;
import static jcuda.jcudnn.JCudnn.cudnnSetPooling2dDescriptor;
import static jcuda.jcudnn.JCudnn.cudnnSetTensor4dDescriptor;

import io.convoy.backend.Resources;
import io.convoy.compile.Precision;
import io.convoy.cuda.device.ConvolutionShape;
import io.convoy.cuda.device.PoolingShape;
import jcuda.jcudnn.cudnnConvolutionDescriptor;
import jcuda.jcudnn.cudnnConvolutionMode;
import jcuda.jcudnn.cudnnDataType;
import jcuda.jcudnn.cudnnFilterDescriptor;
import jcuda.jcudnn.cudnnMathType;
import jcuda.jcudnn.cudnnNanPropagation;
import jcuda.jcudnn.cudnnPoolingDescriptor;
import jcuda.jcudnn.cudnnPoolingMode;
import jcuda.jcudnn.cudnnTensorDescriptor;
import jcuda.jcudnn.cudnnTensorFormat;

/** Makes cuDNN's descriptors of images in one precision, each with its owner. */
final class Descriptors {
  private static final int NHWC = cudnnTensorFormat.CUDNN_TENSOR_NHWC;
  private static final int FP32 = cudnnDataType.CUDNN_DATA_FLOAT;

  private final String subject;
  private final Precision precision;
  private final Resources owner;

  /**
   * Makes a maker.
   *
   * @param subject the step that they are for
   * @param owner destroys them
   */
  Descriptors(String subject, Precision precision, Resources owner) {
    this.subject = subject;
    this.precision = precision;
    this.owner = owner;
  }

  /** An image {@code [n,h,w,c]}. */
  cudnnTensorDescriptor image(int n, int h, int w, int c) {
    cudnnTensorDescriptor made = new cudnnTensorDescriptor();
    check(cudnnCreateTensorDescriptor(made), "cudnnCreateTensorDescriptor");
    owner.own(made, d -> check(cudnnDestroyTensorDescriptor(d), "cudnnDestroyTensorDescriptor"));
    // The format says how it lies; the sizes come in this order for all formats.
    check(
        cudnnSetTensor4dDescriptor(made, NHWC, type(precision), n, c, h, w),
        "cudnnSetTensor4dDescriptor");
    return made;
  }

  /** A filter {@code [k,h,w,c]}. */
  cudnnFilterDescriptor filter(int k, int h, int w, int c) {
    cudnnFilterDescriptor made = new cudnnFilterDescriptor();
    check(cudnnCreateFilterDescriptor(made), "cudnnCreateFilterDescriptor");
    owner.own(made, d -> check(cudnnDestroyFilterDescriptor(d), "cudnnDestroyFilterDescriptor"));
    check(
        cudnnSetFilter4dDescriptor(made, type(precision), NHWC, k, c, h, w),
        "cudnnSetFilter4dDescriptor");
    return made;
  }

  /** The type of the tensors. */
  static int type(Precision precision) {
    return switch (precision) {
      case FP32, TF32 -> FP32;
      case BF16 -> cudnnDataType.CUDNN_DATA_BFLOAT16;
      case FP16 -> cudnnDataType.CUDNN_DATA_HALF;
    };
  }

  /** Padding, strides, dilation and groups of a cross-correlation with sums in fp32. */
  cudnnConvolutionDescriptor convolution(ConvolutionShape s) {
    cudnnConvolutionDescriptor made = new cudnnConvolutionDescriptor();
    check(cudnnCreateConvolutionDescriptor(made), "cudnnCreateConvolutionDescriptor");
    owner.own(
        made,
        d -> check(cudnnDestroyConvolutionDescriptor(d), "cudnnDestroyConvolutionDescriptor"));
    check(
        cudnnSetConvolution2dDescriptor(
            made,
            s.padHeight(),
            s.padWidth(),
            s.strideHeight(),
            s.strideWidth(),
            s.dilationHeight(),
            s.dilationWidth(),
            cudnnConvolutionMode.CUDNN_CROSS_CORRELATION,
            FP32),
        "cudnnSetConvolution2dDescriptor");
    check(cudnnSetConvolutionGroupCount(made, s.groups()), "cudnnSetConvolutionGroupCount");
    // The default lets cuDNN take TF32.
    int math =
        precision == Precision.FP32
            ? cudnnMathType.CUDNN_FMA_MATH
            : cudnnMathType.CUDNN_TENSOR_OP_MATH;
    check(cudnnSetConvolutionMathType(made, math), "cudnnSetConvolutionMathType");
    return made;
  }

  /** Window, padding and strides of a pooling. */
  cudnnPoolingDescriptor pooling(PoolingShape s) {
    cudnnPoolingDescriptor made = new cudnnPoolingDescriptor();
    check(cudnnCreatePoolingDescriptor(made), "cudnnCreatePoolingDescriptor");
    owner.own(made, d -> check(cudnnDestroyPoolingDescriptor(d), "cudnnDestroyPoolingDescriptor"));
    check(
        cudnnSetPooling2dDescriptor(
            made,
            s.max()
                ? cudnnPoolingMode.CUDNN_POOLING_MAX
                : cudnnPoolingMode.CUDNN_POOLING_AVERAGE_COUNT_EXCLUDE_PADDING,
            cudnnNanPropagation.CUDNN_PROPAGATE_NAN,
            s.windowHeight(),
            s.windowWidth(),
            s.padHeight(),
            s.padWidth(),
            s.strideHeight(),
            s.strideWidth()),
        "cudnnSetPooling2dDescriptor");
    return made;
  }

  private void check(int status, String call) {
    CudnnStatus.check(status, call, subject);
  }
}
