// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.jcuda;

import io.convoy.backend.Resources;
import io.convoy.cuda.device.ConvolutionStep;
import java.util.List;
import java.util.OptionalLong;
import jcuda.Pointer;

/** The calls of one of cuDNN's three passes, on given operands. */
interface ConvolutionPass {
  /** The pass of a step, with descriptors. */
  static ConvolutionPass of(ConvolutionStep step, JCudaGpu gpu, Resources owner) {
    ConvolutionOperands operands = new ConvolutionOperands(step, gpu, owner);
    return switch (step.pass()) {
      case FORWARD -> new ForwardPass(operands);
      case BACKWARD_DATA -> new BackwardDataPass(operands);
      case BACKWARD_FILTER -> new BackwardFilterPass(operands);
    };
  }

  /**
   * Runs all algorithms. The result is overwritten, which does no harm before the first run: it is
   * memory of the arena, never a variable.
   *
   * @param workspace memory that they may use
   * @param bytes how much
   * @return how they did
   */
  List<Candidate> find(Pointer workspace, long bytes);

  /**
   * Asks what an algorithm needs.
   *
   * @return bytes of workspace; empty if cuDNN does not take the algorithm here
   */
  OptionalLong workspace(int algorithm);

  /**
   * Puts the pass on the stream.
   *
   * @param workspace memory for the algorithm
   * @param bytes how much it needs
   */
  void run(int algorithm, Pointer workspace, long bytes);

  /** An algorithm's name for people. */
  String name(int algorithm);
}
