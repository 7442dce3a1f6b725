// SPDX-License-Identifier: Apache-2.0
package io.convoy.testkit;

import io.convoy.compile.Compiler;
import io.convoy.compile.Precision;
import io.convoy.compile.Program;
import io.convoy.compile.Slot;
import io.convoy.compile.Support;
import io.convoy.graph.Value;
import io.convoy.ops.Fused;
import io.convoy.ops.FusedActivateGrad;
import io.convoy.ops.FusedAssign;
import io.convoy.ops.FusedBatchNorm;
import io.convoy.ops.FusedBatchNormGrad;
import io.convoy.ops.FusedBiasGrad;
import io.convoy.ops.FusedPool2D;
import io.convoy.ops.FusedPool2DGrad;
import io.convoy.ops.FusedSoftmaxCrossEntropy;
import io.convoy.ops.Op;
import io.convoy.reference.Interpreter;
import io.convoy.tensor.Tensor;
import io.convoy.tensor.TensorSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Some fetches of a scene in double, computed op by op as the graph was written. */
final class Judge {
  private static final Set<Class<? extends Op>> FUSED =
      Set.of(
          Fused.class,
          FusedBiasGrad.class,
          FusedActivateGrad.class,
          FusedBatchNorm.class,
          FusedBatchNormGrad.class,
          FusedPool2D.class,
          FusedPool2DGrad.class,
          FusedSoftmaxCrossEntropy.class,
          FusedAssign.class);

  /** Refuses all fusions, so that the passes are judged too. */
  private static final Support ONE_BY_ONE =
      new Support() {
        @Override
        public Optional<String> refuses(Op op, List<TensorSpec> inputs) {
          return FUSED.contains(op.getClass())
              ? Optional.of("the judge takes ops one by one")
              : Optional.empty();
        }

        @Override
        public Optional<String> refuses(Precision precision) {
          return Optional.empty();
        }
      };

  private final Interpreter interpreter;
  private final Map<String, Integer> slots = new HashMap<>(); // by the value's name

  Judge(Scene scene, List<Value> fetches) {
    this(scene, fetches, Precision.FP32);
  }

  Judge(Scene scene, List<Value> fetches, Precision precision) {
    Program program = Compiler.compile(fetches, Map.of(), ONE_BY_ONE, precision);
    for (Slot slot : program.slots()) {
      slots.put(slot.name(), slot.id());
    }
    interpreter = new Interpreter(program);
    scene.feeds().forEach(this::set);
    scene.variables().forEach(this::set);
  }

  private void set(Value container, Tensor tensor) {
    if (slots.containsKey(container.name())) {
      double[] values = Interpreter.values(tensor);
      System.arraycopy(values, 0, values(container), 0, values.length);
    }
  }

  /** The elements of a value that the fetches depend on; to write them is to change an input. */
  double[] values(Value value) {
    return interpreter.values(slots.get(value.name()));
  }

  boolean uses(Value value) {
    return slots.containsKey(value.name());
  }

  void run() {
    interpreter.run();
  }
}
