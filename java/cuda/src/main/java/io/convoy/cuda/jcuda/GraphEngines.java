// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.jcuda;

import io.convoy.backend.BackendException;
import java.util.List;

/** What cuDNN's graph API has for one pass of a convolution. */
interface GraphEngines {
  /**
   * Lists engines, those that cuDNN takes for the fastest first.
   *
   * @throws BackendException if it knows none
   */
  List<EngineProposal> propose(Heuristic heuristic);

  /**
   * Makes an engine ready, be it proposed or remembered.
   *
   * @return owned by the caller
   * @throws BackendException if cuDNN does not take it
   */
  Way prepare(ConvolutionChoice.Engine engine);
}
