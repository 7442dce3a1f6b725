// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.jcuda;

import static jcuda.jcudnn.JCudnn.cudnnConvolutionBackwardData;
import static jcuda.jcudnn.JCudnn.cudnnFindConvolutionBackwardDataAlgorithmEx;
import static jcuda.jcudnn.JCudnn.cudnnGetConvolutionBackwardDataWorkspaceSize;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import jcuda.Pointer;
import jcuda.jcudnn.cudnnConvolutionBwdDataAlgo;
import jcuda.jcudnn.cudnnConvolutionBwdDataAlgoPerf;

/** dx of dy and w. */
final class BackwardDataPass implements ConvolutionPass {
  private final ConvolutionOperands on;

  BackwardDataPass(ConvolutionOperands operands) {
    on = operands;
  }

  @Override
  public List<Candidate> find(Pointer workspace, long bytes) {
    cudnnConvolutionBwdDataAlgoPerf[] found =
        new cudnnConvolutionBwdDataAlgoPerf
            [cudnnConvolutionBwdDataAlgo.CUDNN_CONVOLUTION_BWD_DATA_ALGO_COUNT];
    int[] count = new int[1];
    int status =
        cudnnFindConvolutionBackwardDataAlgorithmEx(
            on.handle,
            on.wDescriptor,
            on.w,
            on.yDescriptor,
            on.y,
            on.convolution,
            on.xDescriptor,
            on.x,
            found.length,
            count,
            found,
            workspace,
            bytes);
    CudnnStatus.check(status, "cudnnFindConvolutionBackwardDataAlgorithmEx", on.subject);
    return Arrays.stream(found, 0, count[0])
        .map(p -> Candidate.of(p.algo, p.status, p.time, p.memory, p.determinism))
        .toList();
  }

  @Override
  public OptionalLong workspace(int algorithm) {
    long[] bytes = new long[1];
    int status =
        cudnnGetConvolutionBackwardDataWorkspaceSize(
            on.handle,
            on.wDescriptor,
            on.yDescriptor,
            on.convolution,
            on.xDescriptor,
            algorithm,
            bytes);
    return status == CudnnStatus.SUCCESS ? OptionalLong.of(bytes[0]) : OptionalLong.empty();
  }

  @Override
  public void run(int algorithm, Pointer workspace, long bytes) {
    int status =
        cudnnConvolutionBackwardData(
            on.handle,
            Scalars.ONE,
            on.wDescriptor,
            on.w,
            on.yDescriptor,
            on.y,
            on.convolution,
            algorithm,
            workspace,
            bytes,
            Scalars.ZERO,
            on.xDescriptor,
            on.x);
    CudnnStatus.check(status, "cudnnConvolutionBackwardData", on.subject);
  }

  @Override
  public String name(int algorithm) {
    return cudnnConvolutionBwdDataAlgo
        .stringFor(algorithm)
        .replace("CUDNN_CONVOLUTION_BWD_DATA_", "");
  }
}
