// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.jcuda;

import static jcuda.jcudnn.cudnnBackendAttributeName.CUDNN_ATTR_OPERATION_POINTWISE_ALPHA1;
import static jcuda.jcudnn.cudnnBackendAttributeName.CUDNN_ATTR_OPERATION_POINTWISE_ALPHA2;
import static jcuda.jcudnn.cudnnBackendAttributeName.CUDNN_ATTR_OPERATION_POINTWISE_BDESC;
import static jcuda.jcudnn.cudnnBackendAttributeName.CUDNN_ATTR_OPERATION_POINTWISE_PW_DESCRIPTOR;
import static jcuda.jcudnn.cudnnBackendAttributeName.CUDNN_ATTR_OPERATION_POINTWISE_XDESC;
import static jcuda.jcudnn.cudnnBackendAttributeName.CUDNN_ATTR_OPERATION_POINTWISE_YDESC;
import static jcuda.jcudnn.cudnnBackendAttributeName.CUDNN_ATTR_POINTWISE_ELU_ALPHA;
import static jcuda.jcudnn.cudnnBackendAttributeName.CUDNN_ATTR_POINTWISE_MATH_PREC;
import static jcuda.jcudnn.cudnnBackendAttributeName.CUDNN_ATTR_POINTWISE_MODE;
import static jcuda.jcudnn.cudnnBackendAttributeName.CUDNN_ATTR_POINTWISE_NAN_PROPAGATION;
import static jcuda.jcudnn.cudnnBackendAttributeName.CUDNN_ATTR_POINTWISE_RELU_LOWER_CLIP;
import static jcuda.jcudnn.cudnnBackendAttributeName.CUDNN_ATTR_POINTWISE_RELU_LOWER_CLIP_SLOPE;
import static jcuda.jcudnn.cudnnBackendAttributeName.CUDNN_ATTR_POINTWISE_RELU_UPPER_CLIP;
import static jcuda.jcudnn.cudnnBackendAttributeName.CUDNN_ATTR_POINTWISE_SWISH_BETA;
import static jcuda.jcudnn.cudnnBackendAttributeType.CUDNN_TYPE_DATA_TYPE;
import static jcuda.jcudnn.cudnnBackendAttributeType.CUDNN_TYPE_NAN_PROPOGATION;
import static jcuda.jcudnn.cudnnBackendAttributeType.CUDNN_TYPE_POINTWISE_MODE;
import static jcuda.jcudnn.cudnnBackendDescriptorType.CUDNN_BACKEND_OPERATION_POINTWISE_DESCRIPTOR;
import static jcuda.jcudnn.cudnnBackendDescriptorType.CUDNN_BACKEND_POINTWISE_DESCRIPTOR;
import static jcuda.jcudnn.cudnnPointwiseMode.CUDNN_POINTWISE_ADD;
import static jcuda.jcudnn.cudnnPointwiseMode.CUDNN_POINTWISE_ELU_FWD;
import static jcuda.jcudnn.cudnnPointwiseMode.CUDNN_POINTWISE_GELU_FWD;
import static jcuda.jcudnn.cudnnPointwiseMode.CUDNN_POINTWISE_RELU_FWD;
import static jcuda.jcudnn.cudnnPointwiseMode.CUDNN_POINTWISE_SIGMOID_FWD;
import static jcuda.jcudnn.cudnnPointwiseMode.CUDNN_POINTWISE_SWISH_FWD;
import static jcuda.jcudnn.cudnnPointwiseMode.CUDNN_POINTWISE_TANH_FWD;

import io.convoy.backend.BackendException;
import io.convoy.ops.Activation;
import jcuda.jcudnn.cudnnDataType;
import jcuda.jcudnn.cudnnNanPropagation;

/** Operations on single numbers for a graph of cuDNN's, computed in fp32. */
record PointwiseOperations(BackendDescriptors make) {
  private static final double RELU6_TOP = 6;

  /** y = x + b, where b has a number for each channel. */
  BackendDescriptor add(BackendDescriptor x, BackendDescriptor b, BackendDescriptor y) {
    return operation(mode(CUDNN_POINTWISE_ADD).finish(), x, y)
        .set(CUDNN_ATTR_OPERATION_POINTWISE_BDESC, b)
        .finish();
  }

  /**
   * y = f(x).
   *
   * @throws BackendException if cuDNN has no such function
   */
  BackendDescriptor activate(Activation f, BackendDescriptor x, BackendDescriptor y) {
    return operation(function(f).finish(), x, y).finish();
  }

  private BackendDescriptor operation(
      BackendDescriptor function, BackendDescriptor x, BackendDescriptor y) {
    return make.make(CUDNN_BACKEND_OPERATION_POINTWISE_DESCRIPTOR)
        .set(CUDNN_ATTR_OPERATION_POINTWISE_PW_DESCRIPTOR, function)
        .set(CUDNN_ATTR_OPERATION_POINTWISE_XDESC, x)
        .set(CUDNN_ATTR_OPERATION_POINTWISE_YDESC, y)
        .setFactor(CUDNN_ATTR_OPERATION_POINTWISE_ALPHA1, 1)
        .setFactor(CUDNN_ATTR_OPERATION_POINTWISE_ALPHA2, 1);
  }

  private BackendDescriptor function(Activation f) {
    return switch (f.kind()) {
      case RELU -> relu(0, Float.MAX_VALUE);
      case RELU6 -> relu(0, RELU6_TOP);
      case LEAKY_RELU -> relu(f.alpha(), Float.MAX_VALUE);
      case ELU ->
          mode(CUDNN_POINTWISE_ELU_FWD).setDouble(CUDNN_ATTR_POINTWISE_ELU_ALPHA, f.alpha());
      case SIGMOID -> mode(CUDNN_POINTWISE_SIGMOID_FWD);
      case TANH -> mode(CUDNN_POINTWISE_TANH_FWD);
      case GELU -> mode(CUDNN_POINTWISE_GELU_FWD); // by erf, as ours
      case SILU -> mode(CUDNN_POINTWISE_SWISH_FWD).setDouble(CUDNN_ATTR_POINTWISE_SWISH_BETA, 1);
      default -> throw new BackendException("cuDNN has no function " + f);
    };
  }

  /** min(x, top) for x &gt; 0, else slope x. */
  private BackendDescriptor relu(double slope, double top) {
    return mode(CUDNN_POINTWISE_RELU_FWD)
        .setConstant(
            CUDNN_ATTR_POINTWISE_NAN_PROPAGATION,
            CUDNN_TYPE_NAN_PROPOGATION,
            cudnnNanPropagation.CUDNN_PROPAGATE_NAN)
        .setDouble(CUDNN_ATTR_POINTWISE_RELU_LOWER_CLIP, 0)
        .setDouble(CUDNN_ATTR_POINTWISE_RELU_UPPER_CLIP, top)
        .setDouble(CUDNN_ATTR_POINTWISE_RELU_LOWER_CLIP_SLOPE, slope);
  }

  private BackendDescriptor mode(int mode) {
    return make.make(CUDNN_BACKEND_POINTWISE_DESCRIPTOR)
        .setConstant(CUDNN_ATTR_POINTWISE_MODE, CUDNN_TYPE_POINTWISE_MODE, mode)
        .setConstant(
            CUDNN_ATTR_POINTWISE_MATH_PREC, CUDNN_TYPE_DATA_TYPE, cudnnDataType.CUDNN_DATA_FLOAT);
  }
}
