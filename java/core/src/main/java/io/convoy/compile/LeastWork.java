// SPDX-License-Identifier: Apache-2.0
package io.convoy.compile;

import io.convoy.ops.Conv2D;
import io.convoy.ops.Conv2DBackpropFilter;
import io.convoy.ops.Conv2DBackpropInput;
import io.convoy.ops.Fused;
import io.convoy.ops.FusedBiasGrad;
import io.convoy.ops.GatherImages;
import io.convoy.ops.MatMul;
import io.convoy.ops.Op;
import io.convoy.ops.Reshape;
import io.convoy.ops.Update;
import io.convoy.tensor.Shape;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a run of a program can't do without, however its ops are joined. Of memory traffic that is:
 *
 * <ul>
 *   <li>each convolution and matrix product, forward and backward, reads its two factors and writes
 *       its result once, which is as wide as the factors;
 *   <li>each parameter and each of its optimizer's slots is read and written once;
 *   <li>the batch is read once: the bytes that are gathered on the device, or the placeholders that
 *       no product reads.
 * </ul>
 *
 * <p>All else works on elements, windows or channels of these tensors and could in principle live
 * inside those that make or take them: activations, normalisation, pooling, dropout, losses, the
 * optimizer's look at a gradient. A plan that keeps tensors in caches from step to step may move
 * less.
 *
 * @param readBytes bytes read
 * @param writtenBytes bytes written
 * @param flops arithmetic of convolutions and matrix products, a multiplication and an addition
 *     being 2; products with padding count. What else there is moves memory more than it computes.
 */
public record LeastWork(long readBytes, long writtenBytes, long flops) {
  /**
   * Counts.
   *
   * @param program a compiled program
   * @return the least work of one run
   */
  public static LeastWork of(Program program) {
    return new Count(program).all();
  }

  /**
   * Returns the traffic.
   *
   * @return bytes read and bytes written
   */
  public long bytes() {
    return readBytes + writtenBytes;
  }

  private static final class Count {
    private final Program program;
    private final Set<Integer> factors = new HashSet<>(); // slots that products read, as they came
    private final Set<Integer> inputs = new HashSet<>(); // slots that any instruction reads
    private final Map<Integer, Integer> reshaped = new HashMap<>(); // slot -> where it came from
    private long read;
    private long written;
    private long flops;

    Count(Program program) {
      this.program = program;
    }

    LeastWork all() {
      program.instructions().forEach(this::add);
      for (int id : inputs) {
        boolean batch = program.slot(id).isPlaceholder() && !factors.contains(id);
        read += batch ? bytes(id) : 0;
      }
      return new LeastWork(read, written, flops);
    }

    private void add(Instruction i) {
      inputs.addAll(i.inputs());
      Op op = root(i.op());
      if (op instanceof Reshape) {
        reshaped.put(i.outputs().get(0), source(i.inputs().get(0)));
      } else if (op instanceof Update update) {
        update(update, i.inputs());
      } else if (op instanceof GatherImages) {
        // A pixel is a byte.
        read += elements(i.outputs().get(0)) + bytes(i.outputs().get(1));
      } else if (op instanceof MatMul product) {
        Shape a = shape(i.inputs().get(0));
        product(i, elements(i.outputs().get(0)) * a.dim(product.transposeA() ? 0 : 1));
      } else if (op instanceof Conv2D) {
        product(i, pixels(i.outputs().get(0)) * elements(i.inputs().get(1)));
      } else if (op instanceof Conv2DBackpropInput) {
        product(i, pixels(i.inputs().get(0)) * elements(i.inputs().get(1)));
      } else if (op instanceof Conv2DBackpropFilter) {
        product(i, pixels(i.inputs().get(1)) * elements(i.outputs().get(0)));
      }
    }

    private static Op root(Op op) {
      if (op instanceof Fused fused) {
        return fused.root();
      }
      return op instanceof FusedBiasGrad fused ? fused.root() : op;
    }

    private void product(Instruction i, long products) {
      List<Integer> two = i.inputs().subList(0, 2);
      two.forEach(id -> read += bytes(id));
      two.forEach(id -> factors.add(source(id)));
      written += elements(i.outputs().get(0)) * program.slot(two.get(0)).spec().dtype().bytes();
      flops += 2 * products;
    }

    /** What was reshaped is the same memory. */
    private int source(int slot) {
      return reshaped.getOrDefault(slot, slot);
    }

    private void update(Update op, List<Integer> ids) {
      for (int at = 0; at < ids.size(); at++) {
        if (op.mutates(at)) {
          read += bytes(ids.get(at));
          written += bytes(ids.get(at));
        }
      }
    }

    private Shape shape(int slot) {
      return program.slot(slot).spec().shape();
    }

    private long elements(int slot) {
      return shape(slot).elements();
    }

    /** N P Q of a convolution's result: each pixel takes every weight of the filter once. */
    private long pixels(int slot) {
      return elements(slot) / shape(slot).dim(-1);
    }

    private long bytes(int slot) {
      return program.slot(slot).spec().bytes();
    }
  }
}
