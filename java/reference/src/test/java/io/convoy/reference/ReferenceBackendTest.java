// SPDX-License-Identifier: Apache-2.0
package io.convoy.reference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.backend.Backend;
import io.convoy.backend.BackendException;
import io.convoy.backend.Devices;
import io.convoy.backend.Executable;
import io.convoy.backend.Variables;
import io.convoy.compile.Compiler;
import io.convoy.compile.Program;
import io.convoy.graph.Graph;
import io.convoy.graph.Value;
import io.convoy.initializers.Initializers;
import io.convoy.nn.Nn;
import io.convoy.tensor.DType;
import io.convoy.tensor.Shape;
import io.convoy.tensor.Tensor;
import io.convoy.tensor.TensorSpec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReferenceBackendTest {
  private final Graph graph = new Graph();
  private final Value x = graph.placeholder("x", DType.FLOAT32, Shape.of(2));
  private final Value v = graph.variable("v", Shape.of(2), Initializers.zeros());
  private final Backend backend = new ReferenceProvider().open(0);
  private final Variables variables = backend.variables();
  private final Program program =
      Compiler.compile(List.of(Nn.add(x, v), Nn.assignAdd(v, x)), Map.of(), backend);

  private Executable prepared() {
    variables.declare("v", v.spec());
    return backend.prepare(program, variables);
  }

  @Test
  void isFoundByNameAndNeverByAuto() {
    assertEquals("reference", Devices.open("reference").backend().device().id());
    assertTrue(new ReferenceProvider().rank() < 0);
    assertThrows(BackendException.class, () -> Devices.open("reference:1"));
  }

  @Test
  void variablesStayInDoubleBetweenSteps() {
    Executable executable = prepared();
    // In float, 2^24 + 1 + 1 stays at 2^24.
    variables.write("v", Tensor.of(new float[] {0x1p24f, 0}, 2).bytes());
    ByteBuffer input = executable.input(0);
    assertSame(input, executable.input(0));
    input.putFloat(0, 1).putFloat(4, 2);
    executable.run();
    executable.run();
    Tensor read = Tensor.zeros(v.spec());
    variables.read("v", read.bytes());
    assertArrayEquals(new float[] {0x1p24f + 2, 4}, read.floats());
    assertEquals(4, executable.output(0).getFloat(4)); // 2 + 2: v as it was before the second run
    assertEquals(0, executable.output(1).capacity()); // a token
  }

  @Test
  void wrongUseOfVariablesSaysWhatIsWrong() {
    prepared();
    IllegalArgumentException twice =
        assertThrows(IllegalArgumentException.class, () -> variables.declare("v", v.spec()));
    assertTrue(twice.getMessage().contains("'v'"), twice.getMessage());
    IllegalArgumentException size =
        assertThrows(
            IllegalArgumentException.class, () -> variables.write("v", ByteBuffer.allocate(12)));
    assertTrue(size.getMessage().contains("8 bytes, the buffer 12"), size.getMessage());
    IllegalArgumentException unknown =
        assertThrows(
            IllegalArgumentException.class, () -> variables.read("w", ByteBuffer.allocate(8)));
    assertTrue(unknown.getMessage().contains("'w'"), unknown.getMessage());
  }

  @Test
  void aVariableOfAnotherShapeIsRefused() {
    variables.declare("v", TensorSpec.f32(3));
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> backend.prepare(program, variables));
    assertTrue(e.getMessage().contains("FLOAT32 [3]"), e.getMessage());
  }

  @Test
  void buffersKeepPositionAndLimit() {
    prepared();
    ByteBuffer around = ByteBuffer.allocate(16).order(ByteOrder.nativeOrder());
    around.putFloat(4, 5).putFloat(8, 6).position(4).limit(12);
    variables.write("v", around);
    around.putFloat(4, 0);
    variables.read("v", around);
    assertEquals(4, around.position());
    assertEquals(12, around.limit());
    assertEquals(5, around.getFloat(4));
  }

  @Test
  void useAfterCloseIsRefusedAndCloseIsIdempotent() {
    Executable executable = prepared();
    executable.close();
    executable.close();
    assertThrows(IllegalStateException.class, executable::run);
    assertThrows(IllegalStateException.class, () -> executable.input(0));
    assertThrows(IllegalStateException.class, () -> executable.output(0));
    assertThrows(IllegalStateException.class, executable::dump);
    assertThrows(IllegalStateException.class, executable::plannedBytes);
    Executable orphan = backend.prepare(program, variables);
    variables.close();
    variables.close();
    assertThrows(IllegalStateException.class, orphan::run);
    assertThrows(IllegalStateException.class, () -> variables.contains("v"));
    assertThrows(IllegalStateException.class, () -> variables.declare("w", v.spec()));
    backend.close();
    backend.close();
    assertThrows(IllegalStateException.class, backend::variables);
    assertThrows(IllegalStateException.class, () -> backend.prepare(program, variables));
  }
}
