// SPDX-License-Identifier: Apache-2.0
package io.convoy.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.convoy.ops.Constant;
import io.convoy.ops.Group;
import io.convoy.ops.Op;
import io.convoy.ops.Placeholder;
import io.convoy.ops.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EvaluatorsTest {
  /** Lowering leaves these in no instruction. */
  private static final Set<Class<?>> NEVER_RUN =
      Set.of(Constant.class, Variable.class, Placeholder.class, Group.class);

  @Test
  void everyOpHasAnEvaluator() {
    List<Class<?>> missing = new ArrayList<>();
    for (Class<?> op : Op.class.getPermittedSubclasses()) {
      if (!NEVER_RUN.contains(op) && !Evaluators.has(op)) {
        missing.add(op);
      }
    }
    assertEquals(List.of(), missing);
  }
}
