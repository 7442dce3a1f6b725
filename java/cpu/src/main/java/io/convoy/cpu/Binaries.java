// SPDX-License-Identifier: Apache-2.0
package io.convoy.cpu;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_0;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_1;
import static org.bytedeco.dnnl.global.dnnl.dnnl_binary_add;
import static org.bytedeco.dnnl.global.dnnl.dnnl_binary_div;
import static org.bytedeco.dnnl.global.dnnl.dnnl_binary_ge;
import static org.bytedeco.dnnl.global.dnnl.dnnl_binary_max;
import static org.bytedeco.dnnl.global.dnnl.dnnl_binary_min;
import static org.bytedeco.dnnl.global.dnnl.dnnl_binary_mul;
import static org.bytedeco.dnnl.global.dnnl.dnnl_binary_primitive_desc_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_binary_sub;

import io.convoy.ops.Binary;
import io.convoy.tensor.Shape;
import java.util.Arrays;

/** Functions of two tensors, broadcast as in NumPy. */
final class Binaries {
  private Binaries() {}

  static void combine(Binary op, Site site) {
    if (site.in(0).shape().equals(site.outSpec(0).shape())) {
      site.reuse(0, 0);
    }
    combine(algorithm(op.kind()), site.in(0), site.in(1), site.out(0), site);
  }

  private static int algorithm(Binary.Kind kind) {
    switch (kind) {
      case ADD:
        return dnnl_binary_add;
      case SUBTRACT:
        return dnnl_binary_sub;
      case MULTIPLY:
        return dnnl_binary_mul;
      case DIVIDE:
        return dnnl_binary_div;
      case MAXIMUM:
        return dnnl_binary_max;
      case MINIMUM:
        return dnnl_binary_min;
      case GREATER_EQUAL:
        return dnnl_binary_ge;
    }
    throw new IllegalArgumentException("no function " + kind);
  }

  /** y = a op b; y may lie where a lies if they have one shape. */
  static void combine(int algorithm, Operand a, Operand b, Operand y, Site site) {
    Operand full = a.shape().equals(y.shape()) ? a : Broadcast.to(y.spec(), a, site);
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
                    Attributes.plain(site.owner())));
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
