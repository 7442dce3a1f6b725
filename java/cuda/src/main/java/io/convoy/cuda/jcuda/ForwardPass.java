// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.jcuda;

import static jcuda.jcudnn.JCudnn.cudnnConvolutionForward;
import static jcuda.jcudnn.JCudnn.cudnnFindConvolutionForwardAlgorithmEx;
import static jcuda.jcudnn.JCudnn.cudnnGetConvolutionForwardWorkspaceSize;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import jcuda.Pointer;
import jcuda.jcudnn.cudnnConvolutionFwdAlgo;
import jcuda.jcudnn.cudnnConvolutionFwdAlgoPerf;

/** y of x and w. */
final class ForwardPass implements ConvolutionPass {
  private final ConvolutionOperands on;

  ForwardPass(ConvolutionOperands operands) {
    on = operands;
  }

  @Override
  public List<Candidate> find(Pointer workspace, long bytes) {
    cudnnConvolutionFwdAlgoPerf[] found =
        new cudnnConvolutionFwdAlgoPerf[cudnnConvolutionFwdAlgo.CUDNN_CONVOLUTION_FWD_ALGO_COUNT];
    int[] count = new int[1];
    int status =
        cudnnFindConvolutionForwardAlgorithmEx(
            on.handle,
            on.xDescriptor,
            on.x,
            on.wDescriptor,
            on.w,
            on.convolution,
            on.yDescriptor,
            on.y,
            found.length,
            count,
            found,
            workspace,
            bytes);
    CudnnStatus.check(status, "cudnnFindConvolutionForwardAlgorithmEx", on.subject);
    return Arrays.stream(found, 0, count[0])
        .map(p -> Candidate.of(p.algo, p.status, p.time, p.memory, p.determinism))
        .toList();
  }

  @Override
  public OptionalLong workspace(int algorithm) {
    long[] bytes = new long[1];
    int status =
        cudnnGetConvolutionForwardWorkspaceSize(
            on.handle,
            on.xDescriptor,
            on.wDescriptor,
            on.convolution,
            on.yDescriptor,
            algorithm,
            bytes);
    return status == CudnnStatus.SUCCESS ? OptionalLong.of(bytes[0]) : OptionalLong.empty();
  }

  @Override
  public void run(int algorithm, Pointer workspace, long bytes) {
    int status =
        cudnnConvolutionForward(
            on.handle,
            Scalars.ONE,
            on.xDescriptor,
            on.x,
            on.wDescriptor,
            on.w,
            on.convolution,
            algorithm,
            workspace,
            bytes,
            Scalars.ZERO,
            on.yDescriptor,
            on.y);
    CudnnStatus.check(status, "cudnnConvolutionForward", on.subject);
  }

  @Override
  public String name(int algorithm) {
    return cudnnConvolutionFwdAlgo.stringFor(algorithm).replace("CUDNN_CONVOLUTION_FWD_ALGO_", "");
  }
}
