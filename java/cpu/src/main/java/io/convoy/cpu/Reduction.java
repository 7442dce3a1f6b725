// SPDX-License-Identifier: Apache-2.0
package io.convoy.cpu;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;

import io.convoy.backend.Resources;
import io.convoy.compile.ReductionStage;
import io.convoy.ops.Activation;
import io.convoy.ops.GlobalNorm;
import io.convoy.ops.Reduce;
import io.convoy.ops.ReduceGrad;
import io.convoy.tensor.Shape;
import io.convoy.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.List;

/** Sums and means over axes, their gradient, and the norm over everything. */
final class Reduction {
  /** Elements that a thread takes at once: 16 KiB stay in the first-level cache. */
  private static final int CHUNK = 4096;

  private static final List<Eltwise> IDENTITY = Elementwise.functions(Activation.linear(1, 0));

  private Reduction() {}

  static void reduce(Reduce op, Site site) {
    Operand x = site.in(0);
    List<ReductionStage> stages = ReductionStage.of(op, x.shape());
    if (stages.isEmpty()) {
      Elementwise.apply(IDENTITY, x, site.out(0), site);
    }
    for (int i = 0; i < stages.size(); i++) {
      ReductionStage s = stages.get(i);
      boolean last = i == stages.size() - 1;
      Operand y = last ? site.out(0) : site.temporary(TensorSpec.f32(s.result().dims()));
      sum(s.outer(), s.reduced(), s.inner(), s.factor(), x, y, site);
      x = y;
    }
  }

  /**
   * y [outer,inner] = factor times the sum of x [outer,reduced,inner] over its middle: a product
   * with a vector of factors, for which oneDNN has faster code than for reductions.
   */
  static void sum(
      int outer, int reduced, int inner, float factor, Operand x, Operand y, Site site) {
    Resources owner = site.owner();
    Operand factors = site.filled(factor, reduced);
    if (inner == 1) {
      MemoryDesc left = MemoryDesc.rowMajor(owner, outer, reduced);
      MemoryDesc right = MemoryDesc.rowMajor(owner, reduced, 1);
      MemoryDesc result = MemoryDesc.rowMajor(owner, outer, 1);
      multiply(left, x, right, factors, result, y, site);
    } else {
      MemoryDesc left = MemoryDesc.rowMajor(owner, 1, 1, reduced);
      MemoryDesc right = MemoryDesc.rowMajor(owner, outer, reduced, inner);
      MemoryDesc result = MemoryDesc.rowMajor(owner, outer, 1, inner);
      multiply(left, factors, right, x, result, y, site);
    }
  }

  private static void multiply(
      MemoryDesc left,
      Operand a,
      MemoryDesc right,
      Operand b,
      MemoryDesc result,
      Operand y,
      Site site) {
    site.primitive(
        MatrixProduct.desc(left, right, null, result, List.of(), site),
        new Argument(DNNL_ARG_SRC, left, a.buffer()),
        new Argument(DNNL_ARG_WEIGHTS, right, b.buffer()),
        new Argument(DNNL_ARG_DST, result, y.buffer()));
  }

  static void gradient(ReduceGrad op, Site site) {
    Shape x = site.outSpec(0).shape();
    int[] aligned = x.dims();
    op.forward().axes().forEach(axis -> aligned[axis] = 1);
    Broadcast.repeat(Shape.of(aligned), site.in(0), site.out(0), op.factor(x), site);
  }

  /** The square root of the sum of all squares, added up in double. */
  static void globalNorm(GlobalNorm op, Site site) {
    List<Operand> operands = new ArrayList<>(site.ins());
    operands.add(site.out(0));
    float[] chunk = new float[CHUNK];
    site.loop(
        1,
        (memory, item, worker) -> {
          double sum = 0;
          for (int i = 0; i < memory.length - 1; i++) {
            sum += squares(memory[i], chunk);
          }
          memory[memory.length - 1].floats().put(0, (float) Math.sqrt(sum));
        },
        operands.toArray(Operand[]::new));
  }

  private static double squares(Memory memory, float[] chunk) {
    double sum = 0;
    int count = memory.floats().capacity();
    for (int from = 0; from < count; from += CHUNK) {
      int length = Math.min(CHUNK, count - from);
      memory.floats().get(from, chunk, 0, length);
      for (int i = 0; i < length; i++) {
        sum += (double) chunk[i] * chunk[i];
      }
    }
    return sum;
  }
}
