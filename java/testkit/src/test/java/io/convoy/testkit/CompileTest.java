// SPDX-License-Identifier: Apache-2.0
package io.convoy.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.autodiff.Gradients;
import io.convoy.compile.ActivationBeforePoolGrad;
import io.convoy.compile.Compiler;
import io.convoy.compile.FuseInference;
import io.convoy.compile.Instruction;
import io.convoy.compile.Lifetimes;
import io.convoy.compile.MemoryPlanner;
import io.convoy.compile.Program;
import io.convoy.compile.Support;
import io.convoy.graph.Graph;
import io.convoy.graph.Value;
import io.convoy.initializers.Initializers;
import io.convoy.nn.Images;
import io.convoy.nn.Nn;
import io.convoy.ops.Activation;
import io.convoy.ops.BiasAdd;
import io.convoy.ops.Fused;
import io.convoy.ops.FusedActivateGrad;
import io.convoy.ops.FusedAssign;
import io.convoy.ops.FusedBiasGrad;
import io.convoy.ops.FusedPool2D;
import io.convoy.ops.Op;
import io.convoy.ops.Padding;
import io.convoy.ops.Pool2DGrad;
import io.convoy.ops.Update;
import io.convoy.optimizers.Optimizers;
import io.convoy.tensor.DType;
import io.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * What the passes make of graphs. That the numbers stay the same is shown by the catalogue on the
 * reference: the backend runs fused programs, the judge unfused ones.
 */
class CompileTest {
  private static final Support EVERYTHING = (op, inputs) -> Optional.empty();
  private static final Support NO_BIAS =
      (op, inputs) ->
          op instanceof Fused && ((Fused) op).bias() ? Optional.of("no bias") : Optional.empty();

  private static final Support NO_ACTIVATION_GRADIENT =
      (op, inputs) ->
          op instanceof FusedActivateGrad ? Optional.of("one by one") : Optional.empty();

  private static final Support NO_SUMS =
      (op, inputs) -> op instanceof FusedAssign ? Optional.of("one by one") : Optional.empty();

  private static final Support NO_POOLING_FUSED =
      (op, inputs) -> op instanceof FusedPool2D ? Optional.of("one by one") : Optional.empty();

  private final Graph graph = new Graph();
  private final Value x = graph.placeholder("x", DType.FLOAT32, Shape.of(-1, 6, 6, 2));
  private final Map<Value, Shape> batchOf3 = Map.of(x, Shape.of(3, 6, 6, 2));

  private Value weights(String name, int... dims) {
    return graph.variable(name, Shape.of(dims), Initializers.zeros());
  }

  private Value convolution() {
    return Images.conv2d(x, weights("w", 3, 3, 2, 4), 1, Padding.SAME);
  }

  private List<String> ops(Support support, Value... fetches) {
    Program program = Compiler.compile(List.of(fetches), batchOf3, support);
    return program.instructions().stream().map(i -> i.op().label()).toList();
  }

  @Test
  void convolutionBiasAndActivationBecomeOne() {
    Value y = Nn.relu(Nn.biasAdd(convolution(), weights("b", 4)));
    assertEquals(List.of("Conv2D stride 1x1 SAME + BiasAdd + RELU"), ops(EVERYTHING, y));
  }

  @Test
  void whatTheBackendRefusesStaysApart() {
    Value y = Nn.relu(Nn.biasAdd(convolution(), weights("b", 4)));
    assertEquals(List.of("Conv2D stride 1x1 SAME", "BiasAdd", "RELU"), ops(NO_BIAS, y));
  }

  @Test
  void aValueThatIsReadOrFetchedStaysApart() {
    Value conv = convolution();
    Value y = Nn.relu(conv);
    assertEquals(List.of("Conv2D stride 1x1 SAME", "RELU"), ops(EVERYTHING, y, conv));
    Value both = Nn.add(y, conv);
    assertEquals(List.of("Conv2D stride 1x1 SAME", "RELU", "ADD"), ops(EVERYTHING, both));
  }

  @Test
  void aBiasMadeOnTheWayIsNotMovedBeforeItsMaker() {
    Value y = Nn.biasAdd(convolution(), Nn.tanh(weights("b", 4)));
    List<String> ops = ops(EVERYTHING, y);
    assertEquals(List.of("Conv2D stride 1x1 SAME", "TANH", new BiasAdd().label()), ops);
  }

  /** As benchmarks do it, to compute what nobody fetches. */
  @Test
  void membersOfAGroupAreDoneThoughNobodyReadsThem() {
    assertEquals(
        List.of("Conv2D stride 1x1 SAME"), ops(EVERYTHING, Nn.group(List.of(convolution()))));
  }

  @Test
  void aTrainingStepJoinsUpdatesAndBiasGradients() {
    Value h = Nn.relu(Nn.biasAdd(convolution(), weights("b", 4)));
    Value logits = Nn.biasAdd(Nn.matmul(Nn.flatten(h), weights("v", 144, 3)), weights("c", 3));
    Value loss = Nn.reduceSum(Nn.square(logits));
    Value step = Optimizers.adam(1e-3).minimize(loss);
    Program program = Compiler.compile(List.of(step, loss), batchOf3, NO_ACTIVATION_GRADIENT);
    List<Instruction> instructions = program.instructions();
    assertEquals(1, instructions.stream().filter(i -> i.op() instanceof Update).count());
    assertEquals(2, instructions.stream().filter(i -> i.op() instanceof FusedBiasGrad).count());
    assertEquals(2, instructions.stream().filter(i -> i.op() instanceof Fused).count());
    List<String> last = instructions.stream().map(Instruction::name).toList();
    assertEquals("AssignAdd", last.get(last.size() - 1)); // the counter, which the update reads
    assertTrue(instructions.get(instructions.size() - 2).op() instanceof Update);
    List<String> ops = ops(EVERYTHING, step, loss);
    assertTrue(ops.contains("RELUGrad + BiasAddGrad"), ops.toString());
    assertTrue(ops.contains("SQUAREGrad + BiasAddGrad"), ops.toString());
  }

  /** A quarter of the elements is summed: each of them reaches one element of the larger tensor. */
  @Test
  void aBiasBeforeAPoolingIsSummedBehindIt() {
    Value h = Nn.relu(Nn.biasAdd(convolution(), weights("b", 4)));
    Value p = Images.maxPool(h, 2, 2, Padding.VALID);
    Value step = Optimizers.adam(1e-3).minimize(Nn.reduceSum(Nn.square(p)));
    Program program = Compiler.compile(List.of(step), batchOf3, NO_POOLING_FUSED);
    List<Instruction> before = program.instructions();
    Program changed = ActivationBeforePoolGrad.apply(program);
    List<Instruction> after = changed.instructions();
    assertTrue(indexOf(before, FusedActivateGrad.class) > indexOf(before, Pool2DGrad.class));
    assertEquals(indexOf(after, FusedActivateGrad.class) + 1, indexOf(after, Pool2DGrad.class));
    Instruction joined = after.get(indexOf(after, FusedActivateGrad.class));
    assertEquals(Shape.of(3, 3, 3, 4), changed.slot(joined.outputs().get(0)).spec().shape());
  }

  private static int indexOf(List<Instruction> instructions, Class<? extends Op> type) {
    List<Class<? extends Op>> types = new ArrayList<>();
    instructions.forEach(i -> types.add(i.op().getClass()));
    return types.indexOf(type);
  }

  @Test
  void inferenceNormalizesInTheConvolution() {
    Value b = weights("b", 4);
    Value normalized = Images.batchNormInference(convolution(), b, b, b, b, 1e-3f);
    Value y = Nn.relu(Nn.add(normalized, Nn.tanh(normalized)));
    Value z = Nn.relu(Images.batchNormInference(convolution(), b, b, b, b, 1e-3f));
    Program program = Compiler.compile(List.of(y, z), batchOf3, EVERYTHING);
    assertEquals(
        List.of(
            "Conv2D stride 1x1 SAME + BatchNormInference",
            "TANH",
            "ADD + RELU",
            "Conv2D stride 1x1 SAME + BatchNormInference + RELU"),
        FuseInference.apply(program).instructions().stream().map(i -> i.op().label()).toList());
  }

  @Test
  void whatChangesVariablesIsNotJoinedForInference() {
    Value b = weights("b", 4);
    Value y = Nn.relu(Images.batchNormInference(convolution(), b, b, b, b, 1e-3f));
    Program program = Compiler.compile(List.of(y, Nn.assign(b, b)), batchOf3, EVERYTHING);
    assertEquals(program, FuseInference.apply(program));
  }

  @Test
  void aLossTakesWhatItsGradientIsMultipliedBy() {
    Value logits = weights("logits", 3, 4);
    Value labels = graph.placeholder("labels", DType.INT32, Shape.of(3));
    Value losses = Nn.sparseSoftmaxCrossEntropyWithLogits(labels, logits);
    Value mean = Nn.reduceMean(Nn.multiply(losses, weights("each", 3)));
    Value scaled = Nn.multiply(mean, weights("all"));
    Value gradient = Gradients.of(scaled, List.of(logits)).get(0);
    assertEquals(List.of("SoftmaxCrossEntropy + MULTIPLY"), ops(EVERYTHING, gradient));
    assertEquals(List.of(List.of("logits", "labels", "all", "each")), reads(gradient));
    Value more = Nn.multiply(scaled, weights("more"));
    Value product = Gradients.of(more, List.of(logits)).get(0);
    assertEquals("SoftmaxCrossEntropy", ops(EVERYTHING, product).get(0));
  }

  /** As an evaluation does, which wants no gradient. */
  @Test
  void aLossRanksItsLabels() {
    Value logits = weights("logits", 3, 4);
    Value labels = graph.placeholder("labels", DType.INT32, Shape.of(3));
    Value losses = Nn.sparseSoftmaxCrossEntropyWithLogits(labels, logits);
    Value both = Nn.add(losses, Nn.inTopK(labels, logits, 1));
    assertEquals(List.of("SoftmaxCrossEntropy + MULTIPLY + InTopK", "ADD"), ops(EVERYTHING, both));
    assertEquals(List.of("logits", "labels"), reads(both).get(0));
  }

  @Test
  void onlyWhatIsFetchedIsCompiled() {
    Value y = Nn.relu(x);
    Nn.tanh(y);
    assertEquals(List.of("RELU"), ops(EVERYTHING, y));
  }

  @Test
  void writersComeLastAndCirclesAreRefused() {
    Value a = weights("a", 4);
    Value b = weights("b", 4);
    Value assign = Nn.assign(a, Nn.scale(a, 2));
    Value read = Nn.add(a, b);
    assertEquals(List.of("LINEAR(2.0,0.0)", "ADD", "Assign"), ops(EVERYTHING, assign, read));
    Value swapped = Nn.group(List.of(Nn.assign(a, b), Nn.assign(b, a)));
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> ops(EVERYTHING, swapped));
    assertTrue(e.getMessage().contains("in a circle"), e.getMessage());
  }

  @Test
  void equalAssignsThatFollowEachOtherBecomeOne() {
    Value a = weights("a", 4);
    Value b = weights("b", 3);
    Value c = weights("c", 2);
    Value sums =
        Nn.group(List.of(Nn.assignAdd(a, weights("d", 4)), Nn.assignAdd(b, weights("e", 3))));
    assertEquals(List.of(List.of("a", "d", "b", "e")), reads(sums));
    Value others = Nn.group(List.of(sums, Nn.assign(c, weights("f", 2))));
    assertEquals(List.of(List.of("a", "d", "b", "e"), List.of("c", "f")), reads(others));
    Value counter = graph.iterations();
    Value types = Nn.group(List.of(sums, Nn.assignAdd(counter, counter)));
    List<String> counts = List.of("iterations", "iterations");
    assertEquals(List.of(List.of("a", "d", "b", "e"), counts), reads(types, NO_SUMS));
    List<String> all = List.of("a", "d", "b", "e", "iterations", "iterations");
    assertEquals(List.of(all), reads(types));
  }

  @Test
  void anAssignAddsUpWhatNobodyElseReadsTheSumOf() {
    Value a = weights("a");
    Value v = weights("v", 5);
    Value sum = Nn.reduceSum(v);
    assertEquals(List.of(List.of("a", "v")), reads(Nn.assignAdd(a, sum)));
    assertEquals(2, reads(Nn.assignAdd(a, sum), NO_SUMS).size());
    assertEquals(2, reads(Nn.assignAdd(a, Nn.reduceMean(v))).size());
    Value read = Nn.group(List.of(Nn.assignAdd(a, sum), Nn.assign(weights("b"), sum)));
    assertEquals(3, reads(read).size());
  }

  @Test
  void assignsThatReadEachOthersVariablesStayApartAndInOrder() {
    Value a = weights("a", 4);
    Value b = weights("b", 4);
    Value c = weights("c", 4);
    Value chain =
        Nn.group(List.of(Nn.assign(c, b), Nn.assign(b, a), Nn.assign(a, weights("d", 4))));
    assertEquals(List.of(List.of("c", "b"), List.of("b", "a"), List.of("a", "d")), reads(chain));
  }

  /** Names of what each instruction reads. */
  private List<List<String>> reads(Value fetch) {
    return reads(fetch, EVERYTHING);
  }

  private List<List<String>> reads(Value fetch, Support support) {
    Program program = Compiler.compile(List.of(fetch), batchOf3, support);
    return program.instructions().stream()
        .map(i -> i.inputs().stream().map(id -> program.slot(id).name()).toList())
        .toList();
  }

  @Test
  void whatTheDeviceLacksIsNamed() {
    Value y = Nn.activate(x, Activation.GELU);
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class, () -> ops((op, in) -> Optional.of("too hard"), y));
    assertTrue(e.getMessage().contains("'GELU' (GELU): too hard"), e.getMessage());
  }

  @Test
  void placeholdersMustBeFedWithWhatFits() {
    Value y = Nn.relu(x);
    String unfed = refusal(y, Map.of());
    assertTrue(unfed.contains("'x' FLOAT32 [?, 6, 6, 2] is needed but was not fed"), unfed);
    String wrong = refusal(y, Map.of(x, Shape.of(3, 6, 6, 3)));
    assertTrue(wrong.contains("'x' FLOAT32 [?, 6, 6, 2] can't be fed [3, 6, 6, 3]"), wrong);
  }

  private static String refusal(Value fetch, Map<Value, Shape> bindings) {
    return assertThrows(
            IllegalArgumentException.class,
            () -> Compiler.compile(List.of(fetch), bindings, EVERYTHING))
        .getMessage();
  }

  /** Every program of the catalogue: what an instruction reads was made and is still in place. */
  @Test
  void noBufferIsOverwrittenBeforeItsLastReader() {
    for (OpCase c : OpCatalogue.cases()) {
      List<Value> fetches = c.body().apply(new Scene(c.name(), Seed.value()));
      simulate(c.name(), Compiler.compile(fetches, Map.of(), EVERYTHING));
    }
  }

  /** Runs a program whose data are the ids of slots, in the arena that the planner lays out. */
  private static void simulate(String name, Program program) {
    Lifetimes lifetimes = Lifetimes.of(program);
    List<Integer> temporaries = new ArrayList<>();
    List<MemoryPlanner.Request> requests = new ArrayList<>();
    for (int id = 0; id < program.slots().size(); id++) {
      if (lifetimes.first()[id] >= 0) {
        temporaries.add(id);
        long bytes = program.slot(id).spec().bytes();
        requests.add(new MemoryPlanner.Request(bytes, lifetimes.first()[id], lifetimes.last()[id]));
      }
    }
    MemoryPlanner.Layout layout = MemoryPlanner.plan(requests, 4);
    int[] arena = new int[(int) layout.bytes() / 4];
    for (Instruction i : program.instructions()) {
      for (int input = 0; input < i.inputs().size(); input++) {
        if (i.op().readsData(input)) {
          expect(name, program, i.inputs().get(input), temporaries, layout, arena);
        }
      }
      for (int out : i.outputs()) {
        int at = (int) layout.offsets()[temporaries.indexOf(out)] / 4;
        Arrays.fill(arena, at, at + (int) program.slot(out).spec().bytes() / 4, out + 1);
      }
    }
    for (int fetch : program.fetches()) {
      expect(name, program, fetch, temporaries, layout, arena);
    }
  }

  private static void expect(
      String name,
      Program program,
      int id,
      List<Integer> temporaries,
      MemoryPlanner.Layout layout,
      int[] arena) {
    if (program.slot(id).isTemporary() && program.slot(id).spec().bytes() > 0) {
      assertTrue(temporaries.contains(id), () -> name + ": nobody makes " + program.slot(id));
      int at = (int) layout.offsets()[temporaries.indexOf(id)] / 4;
      for (int k = 0; k < program.slot(id).spec().bytes() / 4; k++) {
        assertEquals(id + 1, arena[at + k], () -> name + ": " + program.slot(id) + " is gone");
      }
    }
  }
}
