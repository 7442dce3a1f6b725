// SPDX-License-Identifier: Apache-2.0
package io.convoy.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.convoy.compile.Lifetimes;
import io.convoy.compile.MemoryPlanner;
import io.convoy.compile.Program;
import io.convoy.compile.Slot;
import io.convoy.losses.Losses;
import io.convoy.metrics.Metrics;
import io.convoy.model.CompileOptions;
import io.convoy.model.Model;
import io.convoy.optimizers.Optimizers;
import io.convoy.tensor.Shape;
import io.convoy.zoo.Zoo;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The training steps of the known networks, instruction by instruction, and the bytes that their
 * temporaries need, against files that are checked in. A change that is meant changes the file too:
 * the message holds the new text.
 */
class KnownPlansTest {
  private static final int BATCH = 128;

  @ParameterizedTest
  @ValueSource(strings = {"workshop", "lenet5", "mlp"})
  void trainingStepIsTheKnownOne(String name) throws IOException {
    try (Model model =
        Zoo.byName(name, Shape.of(28, 28, 1), 10)
            .compile(
                Optimizers.adam(1e-3),
                Losses.SPARSE_CATEGORICAL_CROSSENTROPY,
                List.of(Metrics.ACCURACY),
                CompileOptions.defaults().device("cpu"))) {
      Program program = model.trainingStep(BATCH).program();
      String actual =
          program.dump()
              + program.instructions().size()
              + " instructions\n"
              + temporaryBytes(program)
              + " bytes of temporaries, dense, shared by lifetime\n";
      assertEquals(known(name), actual);
    }
  }

  private static long temporaryBytes(Program program) {
    Lifetimes lifetimes = Lifetimes.of(program);
    List<MemoryPlanner.Request> requests = new ArrayList<>();
    for (Slot slot : program.slots()) {
      int first = lifetimes.first()[slot.id()];
      if (slot.isTemporary() && first >= 0) {
        int last = lifetimes.last()[slot.id()];
        requests.add(new MemoryPlanner.Request(slot.spec().bytes(), first, last));
      }
    }
    return MemoryPlanner.plan(requests, 64).bytes();
  }

  private static String known(String name) throws IOException {
    try (InputStream in =
        KnownPlansTest.class.getResourceAsStream(name + "-train-" + BATCH + ".txt")) {
      return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
