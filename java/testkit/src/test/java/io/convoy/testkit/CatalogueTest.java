// SPDX-License-Identifier: Apache-2.0
package io.convoy.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.compile.Compiler;
import io.convoy.compile.FuseInference;
import io.convoy.compile.Program;
import io.convoy.graph.Value;
import io.convoy.ops.Constant;
import io.convoy.ops.Group;
import io.convoy.ops.Op;
import io.convoy.ops.Placeholder;
import io.convoy.ops.Variable;
import io.convoy.tensor.DType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CatalogueTest {
  @Test
  void namesAreUnique() {
    Set<String> names = new HashSet<>();
    for (OpCase c : OpCatalogue.cases()) {
      assertTrue(names.add(c.name()), () -> "two cases are named " + c.name());
    }
  }

  @Test
  void everyOpIsRunBySomeCase() {
    Set<Class<?>> missing = new HashSet<>(Arrays.asList(Op.class.getPermittedSubclasses()));
    missing.removeAll(Set.of(Constant.class, Variable.class, Placeholder.class, Group.class));
    List<OpCase> all = new ArrayList<>(OpCatalogue.cases());
    all.addAll(OpCatalogue.cases(DType.FLOAT16));
    for (OpCase c : all) {
      List<Value> fetches = c.body().apply(new Scene(c.name(), 0));
      Program program = Compiler.compile(fetches, Map.of(), (op, inputs) -> Optional.empty());
      program.instructions().forEach(i -> missing.remove(i.op().getClass()));
      FuseInference.apply(program).instructions().forEach(i -> missing.remove(i.op().getClass()));
    }
    assertEquals(Set.of(), missing);
  }

  /** The same seed makes the same data, another seed other data. */
  @Test
  void theSeedDecides() {
    assertEquals(firstNumber(1), firstNumber(1));
    assertTrue(firstNumber(1) != firstNumber(2));
  }

  private static float firstNumber(long seed) {
    Scene scene = new Scene("name", seed);
    return scene.feeds().get(feed(scene)).floats()[0];
  }

  private static Value feed(Scene scene) {
    return scene.input(Data.UNIT, 3);
  }
}
