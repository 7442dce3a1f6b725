// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.jcuda;

import java.util.Comparator;
import java.util.List;
import jcuda.jcudnn.cudnnDeterminism;

/**
 * An algorithm that cuDNN tried.
 *
 * @param algorithm its number
 * @param works whether it did
 * @param milliseconds how long it took
 * @param workspace bytes that it needs
 * @param deterministic whether it gives the same bits each time
 */
record Candidate(
    int algorithm, boolean works, float milliseconds, long workspace, boolean deterministic) {

  /** Of what cuDNN's structs of results say. */
  static Candidate of(
      int algorithm, int status, float milliseconds, long workspace, int determinism) {
    return new Candidate(
        algorithm,
        status == CudnnStatus.SUCCESS,
        milliseconds,
        workspace,
        determinism == cudnnDeterminism.CUDNN_DETERMINISTIC);
  }

  /**
   * Chooses.
   *
   * @param candidates what was tried
   * @param limit most bytes of workspace
   * @param onlyDeterministic leaves the others out
   * @return those that work, the fastest first
   */
  static List<Candidate> ranked(List<Candidate> candidates, long limit, boolean onlyDeterministic) {
    return candidates.stream()
        .filter(c -> c.works && c.workspace <= limit && (c.deterministic || !onlyDeterministic))
        .sorted(Comparator.comparingDouble(Candidate::milliseconds))
        .toList();
  }
}
