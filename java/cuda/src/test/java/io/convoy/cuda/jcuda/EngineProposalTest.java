// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.jcuda;

import static jcuda.jcudnn.cudnnBackendNumericalNote.CUDNN_NUMERICAL_NOTE_DOWN_CONVERT_INPUTS;
import static jcuda.jcudnn.cudnnBackendNumericalNote.CUDNN_NUMERICAL_NOTE_FFT;
import static jcuda.jcudnn.cudnnBackendNumericalNote.CUDNN_NUMERICAL_NOTE_NONDETERMINISTIC;
import static jcuda.jcudnn.cudnnBackendNumericalNote.CUDNN_NUMERICAL_NOTE_REDUCED_PRECISION_REDUCTION;
import static jcuda.jcudnn.cudnnBackendNumericalNote.CUDNN_NUMERICAL_NOTE_TENSOR_CORE;
import static jcuda.jcudnn.cudnnBackendNumericalNote.CUDNN_NUMERICAL_NOTE_WINOGRAD;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.convoy.compile.Precision;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Which engines compute what was asked for, by cuDNN's notes on them. */
class EngineProposalTest {
  private static final Set<Precision> ALL = EnumSet.allOf(Precision.class);
  private static final Set<Precision> ROUNDED = EnumSet.complementOf(EnumSet.of(Precision.FP32));

  private static Set<Precision> taken(boolean deterministic, Integer... notes) {
    EngineProposal proposal =
        new EngineProposal(new ConvolutionChoice.Engine(false, 1, new TreeMap<>()), List.of(notes));
    Set<Precision> taken = EnumSet.noneOf(Precision.class);
    ALL.stream().filter(p -> proposal.refusal(p, deterministic).isEmpty()).forEach(taken::add);
    return taken;
  }

  @Test
  void whatHasNoNotesIsTaken() {
    assertEquals(ALL, taken(false));
    assertEquals(ALL, taken(true));
  }

  @Test
  void fp32MeansFp32() {
    assertEquals(ROUNDED, taken(false, CUDNN_NUMERICAL_NOTE_TENSOR_CORE));
    assertEquals(ROUNDED, taken(false, CUDNN_NUMERICAL_NOTE_DOWN_CONVERT_INPUTS));
  }

  @Test
  void sumsAreInFp32() {
    assertEquals(Set.of(), taken(false, CUDNN_NUMERICAL_NOTE_REDUCED_PRECISION_REDUCTION));
  }

  @Test
  void theSameBitsOnlyWhereAskedFor() {
    assertEquals(ALL, taken(false, CUDNN_NUMERICAL_NOTE_NONDETERMINISTIC));
    assertEquals(Set.of(), taken(true, CUDNN_NUMERICAL_NOTE_NONDETERMINISTIC));
  }

  @Test
  void otherNotesDoNotMatter() {
    assertEquals(ALL, taken(true, CUDNN_NUMERICAL_NOTE_FFT, CUDNN_NUMERICAL_NOTE_WINOGRAD, 9, 99));
  }
}
