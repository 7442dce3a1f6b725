// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.jcuda;

/** What is tried for convolutions: which of cuDNN's two APIs, for what. */
enum ConvolutionApis {
  LEGACY,
  GRAPH,

  /** The graph API, and for nothing less than a convolution with all that follows it. */
  FUSED,
  BOTH;

  boolean legacy() {
    return this == LEGACY || this == BOTH;
  }

  /** Whether the graph API is tried for a convolution alone. */
  boolean graph(boolean followed) {
    return this == GRAPH || this == BOTH || this == FUSED && !followed;
  }

  boolean fused() {
    return this != LEGACY;
  }
}
