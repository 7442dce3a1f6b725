// SPDX-License-Identifier: Apache-2.0
package io.convoy.testkit;

import io.convoy.ops.InTopK;
import io.convoy.ops.OneHot;
import java.util.ArrayList;
import java.util.List;

/** Rows' classes, and whether they are among the largest predictions. */
final class RankingCases {
  private static final int ROWS = 40;
  private static final int CLASSES = 7;

  private RankingCases() {}

  static List<OpCase> all() {
    List<OpCase> cases = new ArrayList<>();
    for (int k : new int[] {1, 2, 5, CLASSES, CLASSES + 1}) {
      cases.add(sparse(k, "", Data.UNIT));
      cases.add(sparse(k, " ties", Data.ties(3)));
      cases.add(sparse(k, " all equal", Data.of(0.5f)));
      cases.add(sparse(k, " NaN", Data.of(1, Float.NaN, 3, 2, 0)));
      cases.add(
          sparse(k, " infinities", Data.of(Float.NEGATIVE_INFINITY, 1, Float.POSITIVE_INFINITY)));
      cases.add(dense(k, "", Data.UNIT));
      cases.add(dense(k, " ties", Data.ties(3)));
    }
    cases.add(
        OpCase.of(
            "one-hot/sparse, some outside",
            Tolerance.exact(),
            s -> s.op(new OneHot(3), s.integers(new int[] {2, 0, -1, 1, 3, 2}, 6))));
    for (int classes : new int[] {1, CLASSES, 33, 1000}) {
      cases.add(oneHot(classes, "", Data.UNIT));
      cases.add(oneHot(classes, " ties", Data.ties(3)));
      cases.add(oneHot(classes, " NaN", Data.of(Float.NaN, Float.NaN, 3, 2, 0)));
    }
    return cases;
  }

  private static OpCase oneHot(int classes, String what, Data scores) {
    return OpCase.of(
        "one-hot/dense " + classes + what,
        Tolerance.exact(),
        s -> s.op(new OneHot(classes), s.fixed(scores, ROWS, classes)));
  }

  private static OpCase sparse(int k, String what, Data predictions) {
    int[] labels = new int[ROWS];
    for (int i = 0; i < ROWS; i++) {
      labels[i] = i * 3 % CLASSES;
    }
    return OpCase.of(
        "in top k/sparse k=" + k + what,
        Tolerance.exact(),
        s -> s.op(new InTopK(k), s.fixed(predictions, ROWS, CLASSES), s.integers(labels, ROWS)));
  }

  private static OpCase dense(int k, String what, Data predictions) {
    return OpCase.of(
        "in top k/dense k=" + k + what,
        Tolerance.exact(),
        s ->
            s.op(
                new InTopK(k),
                s.fixed(predictions, ROWS, CLASSES),
                s.fixed(Data.distributions(CLASSES), ROWS, CLASSES)));
  }
}
