// SPDX-License-Identifier: Apache-2.0
package io.convoy.reference;

import io.convoy.ops.Activate;
import io.convoy.ops.ActivateGrad;
import io.convoy.ops.BiasAdd;
import io.convoy.ops.BiasAddGrad;
import io.convoy.ops.FusedPool2D;
import io.convoy.ops.FusedPool2DGrad;
import io.convoy.ops.Pool2D;
import java.util.List;

/** Bias, activation and pooling, taken apart again, and their gradients by what was taken. */
final class PoolingActivation {
  private PoolingActivation() {}

  static void forward(FusedPool2D op, List<DoubleTensor> in, List<DoubleTensor> out) {
    DoubleTensor x = in.get(0);
    DoubleTensor pooled = new DoubleTensor(x.spec(), x.values().clone());
    if (op.bias()) {
      Evaluators.evaluate(new BiasAdd(), in, List.of(pooled));
    }
    op.activation().ifPresent(f -> apply(new Activate(f), pooled));
    pooled.round(); // as if stored, so that the same elements are taken
    Evaluators.evaluate(new Pool2D(op.spec()), List.of(pooled), out.subList(0, 1));
    if (op.taken()) {
      Pooling.taken(op.spec(), pooled, out.get(1));
    }
  }

  /** Element by element, so writing over what is read is sound. */
  private static void apply(Activate f, DoubleTensor x) {
    Evaluators.evaluate(f, List.of(x), List.of(x));
  }

  static void gradient(FusedPool2DGrad op, List<DoubleTensor> in, List<DoubleTensor> out) {
    DoubleTensor given = in.get(FusedPool2DGrad.DP);
    DoubleTensor dp = new DoubleTensor(given.spec(), given.values().clone());
    if (op.activation().isPresent()) {
      List<DoubleTensor> read = List.of(given, in.get(FusedPool2DGrad.P));
      Evaluators.evaluate(new ActivateGrad(op.activation().get()), read, List.of(dp));
    }
    Pooling.scatter(op.spec(), in.get(FusedPool2DGrad.TAKEN), dp, out.get(0));
    if (op.bias()) {
      Evaluators.evaluate(new BiasAddGrad(), out.subList(0, 1), out.subList(1, 2));
    }
  }
}
