// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.jcuda;

/** Which of cuDNN's two APIs are tried for convolutions. */
enum ConvolutionApis {
  LEGACY,
  GRAPH,
  BOTH;

  boolean legacy() {
    return this != GRAPH;
  }

  boolean graph() {
    return this != LEGACY;
  }
}
