// SPDX-License-Identifier: Apache-2.0
package io.convoy.cpu;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_0;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_1;
import static org.bytedeco.dnnl.global.dnnl.dnnl_binary_add;
import static org.bytedeco.dnnl.global.dnnl.dnnl_binary_div;
import static org.bytedeco.dnnl.global.dnnl.dnnl_binary_le;
import static org.bytedeco.dnnl.global.dnnl.dnnl_binary_mul;
import static org.bytedeco.dnnl.global.dnnl.dnnl_binary_primitive_desc_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_binary_sub;

import io.convoy.ops.Activation;
import io.convoy.ops.Binary;
import io.convoy.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Functions of two tensors, broadcast as in NumPy. */
final class Binaries {
  /** Elements that a thread takes at once. */
  private static final int ITEM = 16384;

  private Binaries() {}

  static void combine(Binary op, Site site) {
    Format format = format(site);
    Operand a = site.image(0, format);
    Operand b = site.image(1, format);
    switch (op.kind()) {
      case ADD:
        combine(dnnl_binary_add, a, b, site.outLike(0, a), site);
        break;
      case SUBTRACT:
        combine(dnnl_binary_sub, a, b, site.outLike(0, a), site);
        break;
      case MULTIPLY:
        combine(dnnl_binary_mul, a, b, site.outLike(0, a), site);
        break;
      case DIVIDE:
        combine(dnnl_binary_div, a, b, site.outLike(0, a), site);
        break;
      case MAXIMUM:
        extreme(a, b, Math::max, site);
        break;
      case MINIMUM:
        extreme(a, b, Math::min, site);
        break;
      case GREATER_EQUAL:
        // b <= a: oneDNN's >= is true of NaN, its <= is not.
        combine(dnnl_binary_le, b, a, site.out(0, format), site);
        break;
    }
  }

  /** y = f(a + b). */
  static void add(Optional<Activation> f, Site site) {
    Format format = format(site);
    Operand a = site.image(0, format);
    Operand b = site.image(1, format);
    Operand y = site.outLike(0, a);
    combine(dnnl_binary_add, Elementwise.functions(f), a, b, y, site);
    Elementwise.finish(f, y, site);
  }

  /** One that an operand lies in; row-major if one of them is repeated. */
  private static Format format(Site site) {
    Operand a = site.image(0);
    Operand b = site.image(1);
    if (!a.shape().equals(b.shape())) {
      return Format.NHWC;
    }
    return a.format() == Format.NHWC ? b.format() : a.format();
  }

  /** A function of two numbers. */
  @FunctionalInterface
  private interface FloatFunction {
    float apply(float a, float b);
  }

  /** A loop of ours, since oneDNN's forgets a NaN that stands on the left. */
  private static void extreme(Operand a, Operand b, FloatFunction function, Site site) {
    Operand y = site.out(0, a.format());
    int count = Math.toIntExact(y.elements());
    site.loop(
        (count + ITEM - 1) / ITEM,
        (memory, item, worker) -> {
          for (int i = item * ITEM; i < Math.min(count, (item + 1) * ITEM); i++) {
            float left = memory[0].floats().get(i);
            memory[2].floats().put(i, function.apply(left, memory[1].floats().get(i)));
          }
        },
        Broadcast.to(y.spec(), a, site),
        Broadcast.to(y.spec(), b, site),
        y);
  }

  /** y = a op b; y may lie where a lies if they have one shape. */
  static void combine(int algorithm, Operand a, Operand b, Operand y, Site site) {
    combine(algorithm, List.of(), a, b, y, site);
  }

  private static void combine(
      int algorithm, List<Eltwise> functions, Operand a, Operand b, Operand y, Site site) {
    Operand full = Broadcast.to(y.spec(), a, site);
    MemoryDesc whole = MemoryDesc.rowMajor(site.owner(), dims(y.shape(), y.shape().rank()));
    MemoryDesc second = MemoryDesc.rowMajor(site.owner(), dims(b.shape(), y.shape().rank()));
    PrimitiveDesc desc =
        PrimitiveDesc.create(
            site.owner(),
            "dnnl_binary_primitive_desc_create",
            p ->
                dnnl_binary_primitive_desc_create(
                    p,
                    site.engine(),
                    algorithm,
                    whole.handle(),
                    second.handle(),
                    whole.handle(),
                    Attributes.followedBy(site.owner(), functions)));
    site.primitive(
        desc,
        new Argument(DNNL_ARG_SRC_0, whole, full.buffer()),
        new Argument(DNNL_ARG_SRC_1, second, b.buffer()),
        new Argument(DNNL_ARG_DST, whole, y.buffer()));
  }

  /** The dimensions with 1s in front up to a rank, at least 1. */
  private static long[] dims(Shape shape, int rank) {
    long[] dims = new long[Math.max(rank, 1)];
    Arrays.fill(dims, 1);
    for (int axis = 0; axis < shape.rank(); axis++) {
      dims[dims.length - shape.rank() + axis] = shape.dim(axis);
    }
    return dims;
  }
}
