// SPDX-License-Identifier: Apache-2.0
package io.convoy.autodiff;

import io.convoy.graph.Node;
import io.convoy.graph.Value;
import java.util.List;

/** Builds the gradients of one kind of op. */
@FunctionalInterface
interface Rule {
  /**
   * Adds the gradients of a node by its inputs.
   *
   * @param node the node
   * @param dy the gradients by its outputs, null where nothing flows back
   * @param wanted which inputs' gradients will be used; others may be left null
   * @return one per input, null where it is not wanted or does not exist
   */
  List<Value> apply(Node node, List<Value> dy, boolean[] wanted);
}
