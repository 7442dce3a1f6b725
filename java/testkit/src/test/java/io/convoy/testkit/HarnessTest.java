// SPDX-License-Identifier: Apache-2.0
package io.convoy.testkit;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.backend.Backend;
import io.convoy.graph.Value;
import io.convoy.nn.Nn;
import io.convoy.ops.Activate;
import io.convoy.ops.Activation;
import io.convoy.ops.Activation.Kind;
import io.convoy.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The harness must find what is wrong, and say what and where. */
class HarnessTest {
  private static final long SEED = 7;

  /** y = [[1, 2, 3], [e^100, -infinity, NaN]] and a variable that counts runs. */
  private static final OpCase CASE =
      OpCase.of(
          "some/case",
          Tolerance.elementwise(),
          s -> {
            Value log =
                s.op(new Activate(Activation.of(Kind.LOG)), s.fixed(Data.of(1, 0, -1), 3)).get(0);
            Value exp =
                s.op(new Activate(Activation.of(Kind.EXP)), s.fixed(Data.of(100, 0, 1), 3)).get(0);
            Value count = s.variable(Data.of(0));
            Value one = s.graph().constant("one", Tensor.scalar(1));
            return List.of(log, exp, Nn.assignAdd(count, one));
          });

  private static String failure(Tampering.Fault fault) {
    try (Backend backend = new Tampering(fault)) {
      return assertThrows(AssertionError.class, () -> ValueCheck.check(CASE, backend, SEED))
          .getMessage();
    }
  }

  private static void assertContains(String message, String... parts) {
    for (String part : parts) {
      assertTrue(message.contains(part), message);
    }
  }

  @Test
  void nothingWrong() {
    try (Backend backend = new Tampering((run, program, executable, variables) -> {})) {
      assertDoesNotThrow(() -> ValueCheck.check(CASE, backend, SEED));
    }
  }

  @Test
  void aWrongNumber() {
    String message = failure((run, p, executable, v) -> executable.output(1).putFloat(8, 2.7183f));
    assertContains(message, "case some/case", "-Dconvoy.test.seed=7", "run 0", "fetch 'Activate_");
    assertContains(message, "FLOAT32 [3] at [2]", "2.71828183", "2.71830010", "1 of 3 are wrong");
  }

  @Test
  void nanWhereANumberBelongs() {
    assertContains(
        failure((run, p, executable, v) -> executable.output(0).putFloat(0, Float.NaN)),
        "at [0]",
        "NaN");
  }

  @Test
  void aNumberWhereNanBelongs() {
    assertContains(failure((run, p, executable, v) -> executable.output(0).putFloat(8, 0)), "[2]");
  }

  @Test
  void infinitiesOfWrongSignOrNone() {
    float positive = Float.POSITIVE_INFINITY;
    assertContains(
        failure((run, p, executable, v) -> executable.output(0).putFloat(4, positive)),
        "expected -Infinity, got Infinity");
    assertContains(
        failure((run, p, executable, v) -> executable.output(1).putFloat(0, Float.MAX_VALUE)),
        "expected 2.68811714e+43, got 3.40282347e+38");
  }

  @Test
  void somethingLeftOverInTheSecondRun() {
    assertContains(
        failure(
            (run, p, executable, v) -> {
              if (run == 1) {
                executable.output(1).putFloat(4, 2);
              }
            }),
        "run 1",
        "at [1]");
  }

  @Test
  void aVariableThatWasNotWritten() {
    assertContains(
        failure((run, p, e, variables) -> variables.write("variable", Tensor.scalar(5).bytes())),
        "variable 'variable'",
        "expected 1",
        "got 5");
  }

  @Test
  void writesBeyondAnOutput() {
    int guard = 3 + 1; // behind the case's three fetches
    assertContains(
        failure((run, p, executable, v) -> executable.output(guard).putFloat(120, 0)),
        "guard",
        "at [30]");
    Tensor other = Tensor.of(new float[] {1, 2, 3, 4, 6}, 5);
    assertContains(
        failure((run, p, e, variables) -> variables.write("guard/last", other.bytes())),
        "variable guard/last",
        "at [4]");
  }

  @Test
  void writesToAnInput() {
    String message =
        failure(
            (run, program, executable, v) ->
                program.slots().stream()
                    .filter(slot -> slot.isPlaceholder() && slot.spec().shape().elements() == 257)
                    .forEach(slot -> executable.input(slot.id()).putFloat(400, 0)));
    assertContains(message, "input", "at [100]");
  }

  @Test
  void aGradientThatDifferencesContradict() {
    // At the kink, differences give 1/2 where the rule says 0.
    OpCase kink =
        OpCase.smooth(
            "at the kink",
            Tolerance.elementwise(),
            s -> s.op(new Activate(Activation.RELU), s.input(Data.of(0), 2)));
    AssertionError e = assertThrows(AssertionError.class, () -> GradientCheck.check(kink, SEED));
    assertContains(e.getMessage(), "at the kink", "-Dconvoy.test.seed=7", "the gradient says 0.0");
  }
}
