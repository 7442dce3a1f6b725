// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.jcuda;

import io.convoy.backend.Resources;
import io.convoy.cuda.device.ConvolutionShape;
import io.convoy.cuda.device.ConvolutionStep;
import jcuda.driver.CUdeviceptr;
import jcuda.jcudnn.cudnnConvolutionDescriptor;
import jcuda.jcudnn.cudnnFilterDescriptor;
import jcuda.jcudnn.cudnnHandle;
import jcuda.jcudnn.cudnnTensorDescriptor;

/** What the three passes of a convolution work on. */
final class ConvolutionOperands {
  final String subject;
  final cudnnHandle handle;
  final cudnnConvolutionDescriptor convolution;
  final cudnnTensorDescriptor xDescriptor;
  final cudnnFilterDescriptor wDescriptor;
  final cudnnTensorDescriptor yDescriptor;
  final CUdeviceptr x; // [N,H,W,C]
  final CUdeviceptr w; // [K,kh,kw,C/groups]
  final CUdeviceptr y; // [N,P,Q,K]

  ConvolutionOperands(ConvolutionStep step, JCudaGpu gpu, Resources owner) {
    subject = step.describe();
    handle = gpu.cudnn();
    ConvolutionShape s = step.shape();
    Descriptors make = new Descriptors(subject, step.precision(), owner);
    convolution = make.convolution(s);
    xDescriptor = make.image(s.batch(), s.height(), s.width(), s.channels());
    wDescriptor =
        make.filter(s.filters(), s.filterHeight(), s.filterWidth(), s.channels() / s.groups());
    yDescriptor = make.image(s.batch(), s.outHeight(), s.outWidth(), s.filters());
    x = DevicePointer.to(step.x().address());
    w = DevicePointer.to(step.w().address());
    y = DevicePointer.to(step.y().address());
  }
}
