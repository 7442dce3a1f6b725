// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.backend.PlanCost;
import io.convoy.backend.StepCost;
import io.convoy.compile.Precision;
import io.convoy.losses.Losses;
import io.convoy.metrics.Metrics;
import io.convoy.model.CompileOptions;
import io.convoy.model.Model;
import io.convoy.optimizers.Optimizers;
import io.convoy.tensor.Shape;
import io.convoy.zoo.Zoo;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What training steps move and compute: some of their steps by hand, and the sums. */
class PlanCostTest {
  private static final int FLOAT = 4;
  private static final int HALF = 2;

  private static PlanCost cost(String net, int side, int channels, int batch, Precision precision) {
    try (Model model =
        Zoo.byName(net, Shape.of(side, side, channels), 10)
            .compile(
                Optimizers.adam(1e-3),
                Losses.SPARSE_CATEGORICAL_CROSSENTROPY,
                List.of(Metrics.ACCURACY),
                CompileOptions.defaults().device(PlanningProvider.NAME).precision(precision))) {
      return model.trainingStep(batch).cost().orElseThrow();
    }
  }

  private static StepCost first(PlanCost cost, String kind) {
    return cost.steps().stream().filter(s -> s.kind().equals(kind)).findFirst().orElseThrow();
  }

  private static StepCost last(PlanCost cost, String kind) {
    return cost.steps().stream()
        .filter(s -> s.kind().equals(kind))
        .reduce((a, b) -> b)
        .orElseThrow();
  }

  /** x [128,28,28,1], w [32,3,3,1], y [128,26,26,32]. */
  @Test
  void convolutionOfTheWorkshop() {
    long x = 128 * 28 * 28;
    long w = 32 * 9;
    long y = 128 * 26 * 26 * 32;
    PlanCost cost = cost("workshop", 28, 1, 128, Precision.FP32);
    assertEquals(
        new StepCost("cudnn convolution FORWARD", 1, FLOAT * (x + w), FLOAT * y, 2 * y * 9),
        first(cost, "cudnn convolution FORWARD"));
    assertEquals(
        new StepCost("cudnn convolution BACKWARD_FILTER", 1, FLOAT * (x + y), FLOAT * w, 2 * y * 9),
        last(cost, "cudnn convolution BACKWARD_FILTER"));
  }

  /**
   * x [128,28,28,1], w [6,5,5,1], y [128,28,28,6]; bias [6] and tanh may take a kernel that reads
   * and writes y once more.
   */
  @Test
  void convolutionOfLeNet() {
    long x = 128 * 28 * 28;
    long w = 6 * 25;
    long y = 6 * x;
    String kind = "cudnn convolution FORWARD + bias + TANH";
    assertEquals(
        new StepCost(kind, 1, FLOAT * (x + w + y + 6), FLOAT * 2 * y, 2 * y * 25),
        first(cost("lenet5", 28, 1, 128, Precision.FP32), kind));
  }

  /** [128,1600] by [1600,1024]. */
  @Test
  void matrixProductOfTheWorkshop() {
    assertEquals(
        new StepCost(
            "cublas gemm",
            1,
            FLOAT * (128 * 1600 + 1600 * 1024),
            FLOAT * 128 * 1024,
            2L * 128 * 1600 * 1024),
        first(cost("workshop", 28, 1, 128, Precision.FP32), "cublas gemm"));
  }

  /** 1,668,490 parameters in 8 tensors: a table of 8 rows of 64 bytes, and three scalars. */
  @Test
  void updateOfTheWorkshop() {
    long parameters = 1_668_490;
    long rest = 8 * 64 + 3 * FLOAT;
    assertEquals(
        new StepCost(
            "update_adam_f32", 1, FLOAT * 4 * parameters + rest, FLOAT * 3 * parameters, 0),
        first(cost("workshop", 28, 1, 128, Precision.FP32), "update_adam_f32"));
  }

  /** Gradients of filters stay in 16 bits: 288 and 18,432 of the workshop's. */
  @Test
  void updateReadsGradientsOfSixteenBits() {
    long filters = 32 * 9 + 64 * 9 * 32;
    long fp32 = FLOAT * 4 * 1_668_490L + 8 * 64 + 3 * FLOAT;
    assertEquals(
        fp32 - (FLOAT - HALF) * filters,
        first(cost("workshop", 28, 1, 128, Precision.BF16), "update_adam_bf16").readBytes());
  }

  /** All but biases are read in 16 bits; the update writes these copies along. */
  @Test
  void updateWritesCopiesOfSixteenBits() {
    long weights = 32 * 9 + 64 * 9 * 32 + 1600 * 1024 + 1024 * 10;
    assertEquals(
        FLOAT * 3 * 1_668_490L + HALF * weights,
        first(cost("workshop", 28, 1, 128, Precision.BF16), "update_adam_bf16").writtenBytes());
  }

  /** An image takes 26x26x32x9 + 11x11x64x288 + 1600x1024 + 1024x10 products forward. */
  @Test
  void workshopInAll() {
    long first = 26 * 26 * 32 * 9;
    long forward = first + 11 * 11 * 64 * 288 + 1600 * 1024 + 1024 * 10;
    PlanCost cost = cost("workshop", 28, 1, 128, Precision.FP32);
    assertEquals(2 * 128 * (3 * forward - first), cost.total().flops());
    assertEquals(cost.total().flops(), cost.least().flops());
    assertEquals(24, cost.total().steps());
  }

  /**
   * A block of the first of four stages makes 32x32x64 elements of 576 products, twice; from stage
   * to stage there are a quarter of the pixels and twice the channels, once on both sides, and a
   * shortcut. Tensor cores get a fourth channel of images.
   */
  @Test
  void resnet18InAll() {
    long stem = 32 * 32 * 64 * 9 * 3;
    long stage1 = 4 * 32 * 32 * 64 * 9 * 64;
    long stage = 16 * 16 * 128 * (9 * 64 + 3 * 9 * 128 + 64);
    long forward = stem + stage1 + 3 * stage + 512 * 10;
    long least = 2 * 64 * (3 * forward - stem);
    PlanCost cost = cost("resnet18", 32, 3, 64, Precision.BF16);
    assertEquals(least, cost.least().flops());
    assertEquals(least + 2 * 2 * 64 * stem / 3, cost.total().flops());
    assertEquals(1_145_278_004L, cost.total().readBytes());
    assertEquals(581_316_172L, cost.total().writtenBytes());
    assertEquals(819_276_272L, cost.least().bytes());
    assertEquals(2.11, cost.timesTheLeast(), 0.005);
  }

  @Test
  void kindsAddUpAndTheLargestComesFirst() {
    PlanCost cost = cost("resnet18", 32, 3, 64, Precision.BF16);
    List<StepCost> kinds = cost.kinds();
    assertEquals("update_adam_bf16", kinds.get(0).kind());
    assertEquals(20, kinds.get(1).steps());
    assertEquals(
        cost.total(), kinds.stream().reduce(new StepCost("all steps", 0, 0, 0, 0), StepCost::plus));
    for (int i = 1; i < kinds.size(); i++) {
      assertTrue(kinds.get(i).bytes() <= kinds.get(i - 1).bytes(), kinds.get(i).kind());
    }
  }
}
