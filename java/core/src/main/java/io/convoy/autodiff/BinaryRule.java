// SPDX-License-Identifier: Apache-2.0
package io.convoy.autodiff;

import static io.convoy.nn.Nn.divide;
import static io.convoy.nn.Nn.multiply;
import static io.convoy.nn.Nn.negative;
import static io.convoy.nn.Nn.subtract;

import io.convoy.graph.Node;
import io.convoy.graph.Value;
import io.convoy.nn.Nn;
import io.convoy.ops.Binary;
import io.convoy.ops.Reduce;
import io.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/** The gradients of {@link Binary}. Broadcasting is undone here and nowhere else. */
final class BinaryRule {
  private BinaryRule() {}

  static List<Value> apply(Node n, List<Value> dys, boolean[] wanted) {
    Value a = n.input(0);
    Value b = n.input(1);
    Value dy = dys.get(0);
    Binary.Kind kind = ((Binary) n.op()).kind();
    Value da = wanted[0] ? unbroadcast(byFirst(kind, a, b, dy), a) : null;
    Value db = wanted[1] ? unbroadcast(bySecond(kind, a, b, dy, n.output(0)), b) : null;
    return Rules.list(da, db);
  }

  private static Value byFirst(Binary.Kind kind, Value a, Value b, Value dy) {
    switch (kind) {
      case ADD:
      case SUBTRACT:
        return dy;
      case MULTIPLY:
        return multiply(dy, b);
      case DIVIDE:
        return divide(dy, b);
      case MAXIMUM:
        return multiply(dy, Nn.greaterEqual(a, b));
      case MINIMUM:
        return multiply(dy, Nn.greaterEqual(b, a));
      default:
        return null;
    }
  }

  /** Of equal elements, MAXIMUM and MINIMUM take the first, so the second gets the rest of dy. */
  private static Value bySecond(Binary.Kind kind, Value a, Value b, Value dy, Value y) {
    switch (kind) {
      case ADD:
        return dy;
      case SUBTRACT:
        return negative(dy);
      case MULTIPLY:
        return multiply(dy, a);
      case DIVIDE:
        return negative(divide(multiply(dy, y), b));
      case MAXIMUM:
      case MINIMUM:
        return subtract(dy, byFirst(kind, a, b, dy));
      default:
        return null;
    }
  }

  /** Sums a gradient over the axes along which {@code target} was repeated. */
  private static Value unbroadcast(Value gradient, Value target) {
    if (gradient == null || gradient.shape().equals(target.shape())) {
      return gradient;
    }
    Shape from = gradient.shape();
    Shape to = target.shape();
    int missing = from.rank() - to.rank();
    List<Integer> axes = new ArrayList<>();
    for (int i = 0; i < from.rank(); i++) {
      if (i < missing || (to.dim(i - missing) == 1 && from.dim(i) != 1)) {
        axes.add(i);
      }
    }
    if (axes.isEmpty()) {
      return gradient;
    }
    Reduce sum = new Reduce(Reduce.Kind.SUM, axes, true);
    Value reduced = gradient.graph().add("unbroadcast", sum, gradient).output(0);
    return missing == 0 ? reduced : Nn.reshape(reduced, to);
  }
}
