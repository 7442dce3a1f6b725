// SPDX-License-Identifier: Apache-2.0
package io.convoy.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.backend.Backend;
import io.convoy.backend.BackendException;
import io.convoy.backend.Executable;
import io.convoy.backend.Resources;
import io.convoy.backend.Variables;
import io.convoy.compile.Compiler;
import io.convoy.compile.Program;
import io.convoy.graph.Graph;
import io.convoy.graph.Value;
import io.convoy.initializers.Initializer;
import io.convoy.nn.Nn;
import io.convoy.session.Session;
import io.convoy.tensor.DType;
import io.convoy.tensor.Shape;
import io.convoy.tensor.Tensor;
import io.convoy.tensor.TensorSpec;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who owns what, and what happens after close. */
class LifecycleTest {
  private static final TensorSpec SPEC = TensorSpec.f32(3);

  private final Graph graph = new Graph(1);
  private final Value x = graph.placeholder("x", DType.FLOAT32, Shape.of(3));
  private final Value v = graph.variable("v", Shape.of(3), Initializer.constant(0));
  private final Value sum = Nn.add(x, v);
  private long liveBefore;

  @BeforeEach
  void count() {
    SmallNet.backend().close(); // what loading leaves behind is not a leak
    liveBefore = Resources.live();
  }

  @AfterEach
  void everythingWasClosed() {
    assertEquals(liveBefore, Resources.live());
  }

  private Program program(Backend backend) {
    return Compiler.compile(List.of(sum), Map.of(), backend);
  }

  private static Variables declared(Backend backend) {
    Variables variables = backend.variables();
    variables.declare("v", SPEC);
    return variables;
  }

  @Test
  void closedExecutableSaysSo() {
    try (Backend backend = SmallNet.backend();
        Variables variables = declared(backend)) {
      Executable executable = backend.prepare(program(backend), variables);
      ByteBuffer input = executable.input(0).putFloat(0, 5);
      executable.run();
      ByteBuffer output = executable.output(0);
      executable.close();
      executable.close();
      assertEquals(5, input.putFloat(4, 6).getFloat(0)); // memory that is held is still memory
      assertEquals(5, output.getFloat(0));
      assertThrows(IllegalStateException.class, executable::run);
      assertThrows(IllegalStateException.class, executable::profile);
      assertThrows(IllegalStateException.class, () -> executable.input(0));
      assertThrows(IllegalStateException.class, () -> executable.output(0));
      assertThrows(IllegalStateException.class, executable::plannedBytes);
      assertThrows(IllegalStateException.class, executable::dump);
    }
  }

  @Test
  void runAfterVariablesWereClosedSaysSo() {
    try (Backend backend = SmallNet.backend()) {
      Variables variables = declared(backend);
      try (Executable executable = backend.prepare(program(backend), variables)) {
        variables.close();
        variables.close();
        assertThrows(IllegalStateException.class, executable::run);
        assertThrows(IllegalStateException.class, () -> variables.contains("v"));
      }
    }
  }

  @Test
  void backendIsClosedLast() {
    Backend backend = SmallNet.backend();
    Variables variables = declared(backend);
    IllegalStateException e = assertThrows(IllegalStateException.class, backend::close);
    assertTrue(e.getMessage().contains("1 open"), e.getMessage());
    variables.close();
    backend.close();
    backend.close();
    assertThrows(IllegalStateException.class, backend::variables);
  }

  @Test
  void failedPreparationLeavesNothing() {
    try (Backend backend = SmallNet.backend();
        Variables variables = backend.variables()) {
      IllegalArgumentException e =
          assertThrows(
              IllegalArgumentException.class, () -> backend.prepare(program(backend), variables));
      assertTrue(e.getMessage().contains("'v' is not declared"), e.getMessage());
    }
  }

  @Test
  void variablesOfAnotherBackendAreRefused() {
    try (Backend backend = SmallNet.backend()) {
      Program program = program(backend);
      assertThrows(BackendException.class, () -> backend.prepare(program, null));
    }
  }

  @Test
  void variablesKeepWhatIsWritten() {
    try (Backend backend = SmallNet.backend();
        Variables variables = declared(backend)) {
      Tensor value = Tensor.of(new float[] {1, 2, 3}, 3);
      variables.write("v", value.bytes());
      Tensor back = Tensor.zeros(SPEC);
      ByteBuffer into = back.bytes();
      variables.read("v", into);
      assertEquals(0, into.position());
      assertEquals(2, back.floats()[1]);
      assertThrows(IllegalArgumentException.class, () -> variables.declare("v", SPEC));
      assertThrows(
          IllegalArgumentException.class,
          () -> variables.write("v", Tensor.zeros(TensorSpec.f32(2)).bytes()));
      assertThrows(IllegalArgumentException.class, () -> variables.read("w", into));
    }
  }

  @Test
  void trainingLeavesNothing() {
    SmallNet net = new SmallNet();
    try (Session session = new Session(net.graph, SmallNet.backend())) {
      net.training(session).run();
      net.inference(session).run();
      assertTrue(Resources.live() > liveBefore);
    }
  }
}
