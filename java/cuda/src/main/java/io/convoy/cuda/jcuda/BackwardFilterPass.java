// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.jcuda;

import static jcuda.jcudnn.JCudnn.cudnnConvolutionBackwardFilter;
import static jcuda.jcudnn.JCudnn.cudnnFindConvolutionBackwardFilterAlgorithmEx;
import static jcuda.jcudnn.JCudnn.cudnnGetConvolutionBackwardFilterWorkspaceSize;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import jcuda.Pointer;
import jcuda.jcudnn.cudnnConvolutionBwdFilterAlgo;
import jcuda.jcudnn.cudnnConvolutionBwdFilterAlgoPerf;

/** dw of x and dy. */
final class BackwardFilterPass implements ConvolutionPass {
  private final ConvolutionOperands on;

  BackwardFilterPass(ConvolutionOperands operands) {
    on = operands;
  }

  @Override
  public List<Candidate> find(Pointer workspace, long bytes) {
    cudnnConvolutionBwdFilterAlgoPerf[] found =
        new cudnnConvolutionBwdFilterAlgoPerf
            [cudnnConvolutionBwdFilterAlgo.CUDNN_CONVOLUTION_BWD_FILTER_ALGO_COUNT];
    int[] count = new int[1];
    int status =
        cudnnFindConvolutionBackwardFilterAlgorithmEx(
            on.handle,
            on.xDescriptor,
            on.x,
            on.yDescriptor,
            on.y,
            on.convolution,
            on.wDescriptor,
            on.w,
            found.length,
            count,
            found,
            workspace,
            bytes);
    CudnnStatus.check(status, "cudnnFindConvolutionBackwardFilterAlgorithmEx", on.subject);
    return Arrays.stream(found, 0, count[0])
        .map(p -> Candidate.of(p.algo, p.status, p.time, p.memory, p.determinism))
        .toList();
  }

  @Override
  public OptionalLong workspace(int algorithm) {
    long[] bytes = new long[1];
    int status =
        cudnnGetConvolutionBackwardFilterWorkspaceSize(
            on.handle,
            on.xDescriptor,
            on.yDescriptor,
            on.convolution,
            on.wDescriptor,
            algorithm,
            bytes);
    return status == CudnnStatus.SUCCESS ? OptionalLong.of(bytes[0]) : OptionalLong.empty();
  }

  @Override
  public void run(int algorithm, Pointer workspace, long bytes) {
    int status =
        cudnnConvolutionBackwardFilter(
            on.handle,
            Scalars.ONE,
            on.xDescriptor,
            on.x,
            on.yDescriptor,
            on.y,
            on.convolution,
            algorithm,
            workspace,
            bytes,
            Scalars.ZERO,
            on.wDescriptor,
            on.w);
    CudnnStatus.check(status, "cudnnConvolutionBackwardFilter", on.subject);
  }

  @Override
  public String name(int algorithm) {
    return cudnnConvolutionBwdFilterAlgo
        .stringFor(algorithm)
        .replace("CUDNN_CONVOLUTION_BWD_FILTER_", "");
  }
}
