// SPDX-License-Identifier: Apache-2.0
package io.convoy.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.compile.Compiler;
import io.convoy.compile.GatherInputs;
import io.convoy.compile.Instruction;
import io.convoy.compile.Precision;
import io.convoy.compile.Program;
import io.convoy.compile.Slot;
import io.convoy.compile.Support;
import io.convoy.graph.Graph;
import io.convoy.graph.Value;
import io.convoy.initializers.Initializers;
import io.convoy.nn.Images;
import io.convoy.nn.Nn;
import io.convoy.ops.Cast;
import io.convoy.ops.Op;
import io.convoy.ops.Padding;
import io.convoy.ops.Update;
import io.convoy.optimizers.Optimizers;
import io.convoy.tensor.DType;
import io.convoy.tensor.Shape;
import io.convoy.tensor.TensorSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Where the pass puts 16 bits, and where FLOAT32 stays. */
class MixedPrecisionTest {
  private static final Support FUSES_EVERYTHING = support(true);
  private static final Support FUSES_NOTHING = support(false);

  private final Graph graph = new Graph();
  private final Value x = graph.placeholder("x", DType.FLOAT32, Shape.of(2, 4, 4, 1));
  private final Value labels = graph.placeholder("y", DType.INT32, Shape.of(2));

  private static Support support(boolean fuses) {
    return new Support() {
      @Override
      public Optional<String> refuses(Op op, List<TensorSpec> inputs) {
        return !fuses && op.getClass().getSimpleName().startsWith("Fused")
            ? Optional.of("one by one")
            : Optional.empty();
      }

      @Override
      public Optional<String> refuses(Precision precision) {
        return Optional.empty();
      }
    };
  }

  private Value weights(String name, int... dims) {
    return graph.variable(name, Shape.of(dims), Initializers.zeros());
  }

  private Program compile(Precision precision, Value... fetches) {
    return Compiler.compile(List.of(fetches), Map.of(), FUSES_NOTHING, precision);
  }

  private Value trainingStep() {
    Value h = Images.conv2d(x, weights("w", 3, 3, 1, 2), 1, Padding.SAME);
    h = Images.batchNorm(h, weights("gamma", 2), weights("beta", 2), 1e-3f).get(0);
    h = Images.maxPool(Nn.relu(Nn.add(h, h)), 2, 2, Padding.VALID);
    Value logits = Nn.biasAdd(Nn.matmul(Nn.flatten(h), weights("v", 8, 3)), weights("c", 3));
    Value loss = Nn.reduceMean(Nn.sparseSoftmaxCrossEntropyWithLogits(labels, logits));
    return Optimizers.adam(1e-3).minimize(loss);
  }

  /** A line an instruction, but for what changes variables: op, types of inputs and outputs. */
  private static String types(Program program) {
    return program.instructions().stream()
        .filter(i -> !i.op().isUpdate())
        .map(
            i ->
                i.op().getClass().getSimpleName()
                    + " "
                    + types(program, i.inputs())
                    + " -> "
                    + types(program, i.outputs()))
        .collect(Collectors.joining("\n"));
  }

  private static String types(Program program, List<Integer> ids) {
    return ids.stream()
        .map(id -> program.slot(id).spec().dtype())
        .map(type -> type.isHalf() ? "h" : type == DType.FLOAT32 ? "f" : "i")
        .collect(Collectors.joining());
  }

  @Test
  void layersAreIn16BitsAndParametersSumsAndLossesNot() {
    assertEquals(
        """
        Cast ff -> hh
        Cast f -> h
        Conv2D hh -> h
        BatchNorm hff -> hff
        Binary hh -> h
        Activate h -> h
        Pool2D h -> h
        Reshape h -> h
        MatMul hh -> h
        BiasAdd hf -> h
        Cast h -> f
        SoftmaxCrossEntropy fi -> ff
        ReduceGrad ff -> f
        Reshape f -> f
        Binary ff -> f
        BiasAddGrad f -> f
        Cast f -> h
        MatMul hh -> f
        MatMul hh -> h
        Reshape h -> h
        Pool2DGrad hhh -> h
        ActivateGrad hh -> h
        Binary hh -> h
        BatchNormGrad hhfff -> hff
        Conv2DBackpropFilter hh -> f""",
        types(compile(Precision.BF16, trainingStep())));
  }

  /** Rounded once, behind its scale: neither its logits nor its gradient are cast. */
  @Test
  void aLossThatScalesItsGradientTakesAndMakes16Bits() {
    Value logits = Nn.matmul(Nn.reshape(x, Shape.of(2, 16)), weights("v", 16, 3));
    Value losses = Nn.sparseSoftmaxCrossEntropyWithLogits(labels, logits);
    Value hits = Nn.inTopK(labels, logits, 1);
    Value step = Optimizers.adam(1e-3).minimize(Nn.reduceMean(losses));
    assertEquals(
        """
        Cast f -> h
        Reshape f -> f
        Cast f -> h
        MatMul hh -> h
        FusedSoftmaxCrossEntropy hi -> fhf
        MatMul hh -> f""",
        types(
            Compiler.compile(
                List.of(step, losses, hits), Map.of(), FUSES_EVERYTHING, Precision.FP16)));
  }

  @Test
  void updatesSeeFloat32Alone() {
    Program program = compile(Precision.FP16, trainingStep());
    Instruction update =
        program.instructions().stream().filter(i -> i.op() instanceof Update).findFirst().get();
    assertTrue(program.specs(update.inputs()).stream().noneMatch(spec -> spec.dtype().isHalf()));
    List<Slot> kept = program.slots().stream().filter(s -> !s.isTemporary()).toList();
    assertTrue(kept.stream().noneMatch(slot -> slot.spec().dtype().isHalf()));
  }

  @Test
  void fetchesAreFloat32() {
    Value y = Images.conv2d(x, weights("w", 3, 3, 1, 2), 1, Padding.SAME);
    Program program = compile(Precision.FP16, y);
    assertEquals(y.spec(), program.slot(program.fetches().get(0)).spec());
    List<Instruction> all = program.instructions();
    assertEquals(new Cast(DType.FLOAT32), all.get(all.size() - 1).op());
  }

  /** Predictions beside labels are a loss: they are widened, the labels are not narrowed. */
  @Test
  void whatMeetsFloat32IsWidened() {
    Value target = graph.placeholder("t", DType.FLOAT32, Shape.of(2, 4, 4, 2));
    Value y = Images.conv2d(x, weights("w", 3, 3, 1, 2), 1, Padding.SAME);
    Value loss = Nn.reduceMean(Nn.square(Nn.subtract(target, Nn.relu(y))));
    assertEquals(
        """
        Cast f -> h
        Cast f -> h
        Conv2D hh -> h
        Activate h -> h
        Cast h -> f
        Binary ff -> f
        Activate f -> f
        Reduce f -> f""",
        types(compile(Precision.BF16, loss)));
  }

  @Test
  void withoutATypeOf16BitsNothingChanges() {
    Value step = trainingStep();
    Program plain = compile(Precision.FP32, step);
    Program tf32 = compile(Precision.TF32, step);
    assertEquals(plain.instructions(), tf32.instructions());
    assertEquals(Precision.TF32, tf32.precision());
  }

  @Test
  void aDeviceThatSaysNothingHasFp32Alone() {
    Support support = (op, inputs) -> Optional.empty();
    Value y = Nn.relu(x);
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> Compiler.compile(List.of(y), Map.of(), support, Precision.BF16))
            .getMessage();
    assertTrue(message.contains("can't compute in bf16"), message);
    assertTrue(message.contains("Use fp32, or a GPU"), message);
  }

  @Test
  void namesAreKnown() {
    assertEquals(Precision.FP16, Precision.of("fp16"));
    String message =
        assertThrows(IllegalArgumentException.class, () -> Precision.of("int8")).getMessage();
    assertEquals("precision 'int8' is unknown; there are fp32, tf32, bf16, fp16", message);
  }

  /** Images that a convolution alone reads are gathered in its type, others as they were fed. */
  @Test
  void imagesAreGatheredInTheTypeThatIsRead() {
    Value h = Images.conv2d(x, weights("w", 3, 3, 1, 2), 1, Padding.SAME);
    assertEquals("GatherImages iiii -> hi", gathered(compile(Precision.BF16, h, labels)));
    assertEquals("GatherImages iiii -> fi", gathered(compile(Precision.FP32, h, labels)));
    Value mean = Nn.reduceMean(x);
    assertEquals("GatherImages iiii -> fi", gathered(compile(Precision.BF16, h, mean, labels)));
  }

  private static String gathered(Program program) {
    Program gathering =
        GatherInputs.apply(
            program,
            FUSES_NOTHING,
            "x",
            "y",
            new GatherInputs.Input("pixels", new TensorSpec(DType.UINT8, Shape.of(9, 4, 4, 1))),
            new GatherInputs.Input("classes", TensorSpec.i32(9)),
            new GatherInputs.Input("order", TensorSpec.i32(9)),
            new GatherInputs.Input("position", TensorSpec.i32()));
    return types(gathering).lines().findFirst().orElseThrow();
  }
}
