// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.jcuda;

import static jcuda.jcudnn.JCudnn.cudnnPoolingForward;

import io.convoy.backend.Resources;
import io.convoy.compile.Precision;
import io.convoy.cuda.device.PoolingShape;
import io.convoy.cuda.device.PoolingStep;
import jcuda.driver.CUdeviceptr;
import jcuda.jcudnn.cudnnHandle;
import jcuda.jcudnn.cudnnPoolingDescriptor;
import jcuda.jcudnn.cudnnTensorDescriptor;

/** cuDNN's pooling, forward. */
final class PoolingLaunch implements Launch {
  private final String subject;
  private final cudnnPoolingDescriptor pooling;
  private final cudnnTensorDescriptor xDescriptor;
  private final cudnnTensorDescriptor yDescriptor;
  private final CUdeviceptr x;
  private final CUdeviceptr y;
  private final cudnnHandle handle;

  PoolingLaunch(PoolingStep step, JCudaGpu gpu, Resources owner) {
    subject = step.describe();
    PoolingShape s = step.shape();
    Descriptors make = new Descriptors(subject, Precision.FP32, owner);
    pooling = make.pooling(s);
    xDescriptor = make.image(s.batch(), s.height(), s.width(), s.channels());
    yDescriptor = make.image(s.batch(), s.outHeight(), s.outWidth(), s.channels());
    x = DevicePointer.to(step.x().address());
    y = DevicePointer.to(step.y().address());
    handle = gpu.cudnn();
  }

  @Override
  public void run() {
    int status =
        cudnnPoolingForward(
            handle, pooling, Scalars.ONE, xDescriptor, x, Scalars.ZERO, yDescriptor, y);
    CudnnStatus.check(status, "cudnnPoolingForward", subject);
  }

  @Override
  public String subject() {
    return subject;
  }
}
