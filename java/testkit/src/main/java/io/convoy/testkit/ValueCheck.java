// SPDX-License-Identifier: Apache-2.0
package io.convoy.testkit;

import io.convoy.backend.Backend;
import io.convoy.backend.Executable;
import io.convoy.backend.Variables;
import io.convoy.compile.Compiler;
import io.convoy.compile.Precision;
import io.convoy.compile.Program;
import io.convoy.compile.Slot;
import io.convoy.graph.Value;
import io.convoy.reference.Interpreter;
import io.convoy.tensor.Tensor;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs a case on a backend and judges every fetch and variable after every run. Guards must keep
 * their bits: temporaries among the outputs, variables around the case's own, and the inputs' host
 * memory.
 */
public final class ValueCheck {
  private static final List<String> GUARD_VARIABLES = List.of("guard/first", "guard/last");
  private static final Tensor GUARD = Tensor.of(new float[] {1, 2, 3, 4, 5}, 5);

  private final OpCase opCase;
  private final Precision precision;
  private final Scene scene;
  private final Guards guards;
  private final List<Value> fetches;
  private final List<Value> allFetches;

  private ValueCheck(OpCase opCase, Precision precision, long seed) {
    this.opCase = opCase;
    this.precision = precision;
    this.scene = new Scene(opCase.name(), seed);
    this.guards = new Guards(scene);
    this.fetches = opCase.body().apply(scene);
    this.allFetches = new ArrayList<>(fetches);
    allFetches.addAll(guards.fetches());
  }

  /**
   * Checks one case.
   *
   * @param opCase the case
   * @param backend an open device
   * @param seed of the data
   * @throws AssertionError that names case, seed, fetch, first wrong index and both values
   */
  public static void check(OpCase opCase, Backend backend, long seed) {
    check(opCase, Precision.FP32, backend, seed);
  }

  /**
   * Checks one case whose graph is compiled for a precision. The judge rounds where the program
   * does.
   *
   * @param opCase the case, with a tolerance for that precision
   * @param precision the precision
   * @param backend an open backend
   * @param seed of the data
   * @throws AssertionError as {@link #check(OpCase, Backend, long)}
   */
  public static void check(OpCase opCase, Precision precision, Backend backend, long seed) {
    try {
      new ValueCheck(opCase, precision, seed).run(backend);
    } catch (RuntimeException | AssertionError e) {
      throw new AssertionError(
          "case "
              + opCase.name()
              + " in "
              + precision.label()
              + " ("
              + Seed.replay(seed)
              + "): "
              + e.getMessage(),
          e);
    }
  }

  private void run(Backend backend) {
    Judge judge = new Judge(scene, fetches, precision);
    Program program = Compiler.compile(allFetches, Map.of(), backend, precision);
    try (Variables variables = backend.variables()) {
      declare(variables);
      try (Executable executable = backend.prepare(program, variables)) {
        Map<Value, ByteBuffer> inputs = feed(program, executable);
        for (int run = 0; run < opCase.runs(); run++) {
          judge.run();
          executable.run();
          String when = "run " + run + ", ";
          compareFetches(when, judge, executable);
          compareVariables(when, judge, variables);
          inputs.forEach(
              (value, bytes) -> same(when + "input " + value, scene.feeds().get(value), bytes));
        }
      }
    }
  }

  private void declare(Variables variables) {
    declare(variables, GUARD_VARIABLES.get(0), GUARD);
    scene.variables().forEach((value, tensor) -> declare(variables, value.name(), tensor));
    declare(variables, GUARD_VARIABLES.get(1), GUARD);
  }

  private static void declare(Variables variables, String name, Tensor tensor) {
    variables.declare(name, tensor.spec());
    variables.write(name, tensor.bytes());
  }

  private Map<Value, ByteBuffer> feed(Program program, Executable executable) {
    Map<String, Integer> ids = new HashMap<>();
    for (Slot slot : program.slots()) {
      if (slot.isPlaceholder()) {
        ids.put(slot.name(), slot.id());
      }
    }
    Map<Value, ByteBuffer> inputs = new HashMap<>();
    scene
        .feeds()
        .forEach(
            (value, tensor) -> {
              if (ids.containsKey(value.name())) {
                ByteBuffer into = executable.input(ids.get(value.name()));
                into.put(0, tensor.bytes(), 0, tensor.bytes().capacity());
                inputs.put(value, into);
              }
            });
    return inputs;
  }

  private void compareFetches(String when, Judge judge, Executable executable) {
    for (int i = 0; i < allFetches.size(); i++) {
      Value fetch = allFetches.get(i);
      ByteBuffer actual = executable.output(i);
      if (i >= fetches.size()) {
        same(when + "guard " + fetch, guards.expected(fetch), actual);
      } else {
        Comparison.check(
            when + "fetch '" + fetch.name() + "'",
            fetch.spec(),
            judge.values(fetch),
            actual,
            opCase.tolerance());
      }
    }
  }

  private void compareVariables(String when, Judge judge, Variables variables) {
    for (String guard : GUARD_VARIABLES) {
      same(when + "variable " + guard, GUARD, read(variables, guard, GUARD));
    }
    scene
        .variables()
        .forEach(
            (value, first) -> {
              if (judge.uses(value)) {
                Comparison.check(
                    when + "variable '" + value.name() + "'",
                    value.spec(),
                    judge.values(value),
                    read(variables, value.name(), first),
                    opCase.tolerance());
              }
            });
  }

  private static ByteBuffer read(Variables variables, String name, Tensor like) {
    Tensor into = Tensor.zeros(like.spec());
    variables.read(name, into.bytes());
    return into.bytes();
  }

  private static void same(String what, Tensor expected, ByteBuffer actual) {
    double[] values = Interpreter.values(expected);
    Comparison.check(what, expected.spec(), values, actual, Tolerance.exact());
  }
}
