// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.jcuda;

/**
 * How cuDNN guesses which engines are fast, the best first. The numbers are those of {@code
 * cudnnBackendHeurMode_t} in cuDNN 9, of which the binding knows one.
 */
enum Heuristic {
  A(3),
  B(1),

  /** What works, rather than what is fast. */
  FALLBACK(2);

  private final int constant;

  Heuristic(int constant) {
    this.constant = constant;
  }

  int constant() {
    return constant;
  }
}
