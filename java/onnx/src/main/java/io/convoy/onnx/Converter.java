// SPDX-License-Identifier: Apache-2.0
package io.convoy.onnx;

import io.convoy.graph.Node;
import io.convoy.ops.Op;

/**
 * Says an op in ONNX's words.
 *
 * @param <O> the op
 */
interface Converter<O extends Op> {
  /** Adds what the node does to the translation, and defines its output there. */
  void convert(O op, Node node, Translation to);
}
