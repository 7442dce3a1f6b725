// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.jcuda;

import static jcuda.jcudnn.cudnnBackendNumericalNote.CUDNN_NUMERICAL_NOTE_DOWN_CONVERT_INPUTS;
import static jcuda.jcudnn.cudnnBackendNumericalNote.CUDNN_NUMERICAL_NOTE_NONDETERMINISTIC;
import static jcuda.jcudnn.cudnnBackendNumericalNote.CUDNN_NUMERICAL_NOTE_REDUCED_PRECISION_REDUCTION;
import static jcuda.jcudnn.cudnnBackendNumericalNote.CUDNN_NUMERICAL_NOTE_TENSOR_CORE;

import io.convoy.compile.Precision;
import java.util.List;
import java.util.Optional;

/**
 * An engine that cuDNN's heuristics propose.
 *
 * @param engine which, and with what settings
 * @param notes what cuDNN says of its numbers, as {@code cudnnBackendNumericalNote}
 */
record EngineProposal(ConvolutionChoice.Engine engine, List<Integer> notes) {
  /**
   * Copies the list.
   *
   * @param engine the component
   * @param notes the component
   */
  EngineProposal {
    notes = List.copyOf(notes);
  }

  /**
   * Tells why its numbers are not those that were asked for.
   *
   * @param deterministic whether they must be the same each time
   * @return the reason, or empty
   */
  Optional<String> refusal(Precision precision, boolean deterministic) {
    if (deterministic && notes.contains(CUDNN_NUMERICAL_NOTE_NONDETERMINISTIC)) {
      return Optional.of("other bits each time");
    }
    // What CUDNN_FMA_MATH keeps out of the legacy API.
    if (precision == Precision.FP32
        && (notes.contains(CUDNN_NUMERICAL_NOTE_TENSOR_CORE)
            || notes.contains(CUDNN_NUMERICAL_NOTE_DOWN_CONVERT_INPUTS))) {
      return Optional.of("rounds factors");
    }
    return notes.contains(CUDNN_NUMERICAL_NOTE_REDUCED_PRECISION_REDUCTION)
        ? Optional.of("sums in 16 bits")
        : Optional.empty();
  }
}
