// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.jcuda;

import io.convoy.backend.BackendException;

/** The system properties that this package reads. */
final class Settings {
  /** Folders to look for libraries in before all others, with the path separator between them. */
  static final String PATH = "convoy.cuda.path";

  /** Whether a pipeline is replayed as a CUDA graph; true by default. */
  static final String GRAPHS = "convoy.cuda.graphs";

  /** Whether cuDNN may only use algorithms that give the same bits each time. */
  static final String DETERMINISTIC = "convoy.cuda.deterministic";

  /**
   * Which of cuDNN's two APIs convolutions go through: legacy, graph, or both, the default; fused
   * is the graph API with nothing of ours behind a convolution.
   */
  static final String CONVOLUTIONS = "convoy.cuda.convolutions";

  private Settings() {}

  static boolean graphs() {
    return flag(GRAPHS, true);
  }

  static boolean deterministic() {
    return flag(DETERMINISTIC, false);
  }

  static ConvolutionApis convolutions() {
    String value = System.getProperty(CONVOLUTIONS, "both");
    return switch (value) {
      case "legacy" -> ConvolutionApis.LEGACY;
      case "graph" -> ConvolutionApis.GRAPH;
      case "fused" -> ConvolutionApis.FUSED;
      case "both" -> ConvolutionApis.BOTH;
      default ->
          throw new BackendException(
              "-D" + CONVOLUTIONS + "=" + value + ": it is legacy, graph, fused or both");
    };
  }

  private static boolean flag(String property, boolean otherwise) {
    String value = System.getProperty(property, Boolean.toString(otherwise));
    switch (value) {
      case "true":
        return true;
      case "false":
        return false;
      default:
        throw new BackendException("-D" + property + "=" + value + ": it is true or false");
    }
  }
}
