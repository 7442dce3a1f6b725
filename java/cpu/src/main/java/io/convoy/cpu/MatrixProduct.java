// SPDX-License-Identifier: Apache-2.0
package io.convoy.cpu;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;
import static org.bytedeco.dnnl.global.dnnl.dnnl_matmul_primitive_desc_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_query_weights_md;

import io.convoy.backend.Resources;
import io.convoy.ops.Activation;
import io.convoy.ops.MatMul;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The matrix product. Matrices stay row-major: on 2 AVX-512 cores a product of [128,1600] by
 * [1600,1024] takes 1.85 ms so and 1.5 ms in oneDNN's own layout, into which it would take 0.6 ms
 * to bring it. A matrix that the program does not change is brought there once.
 */
final class MatrixProduct {
  private MatrixProduct() {}

  static void multiply(MatMul op, Site site) {
    multiply(op, null, Optional.empty(), site);
  }

  /**
   * y = f(a b + bias).
   *
   * @param bias [N], or null
   */
  static void multiply(MatMul op, Operand bias, Optional<Activation> f, Site site) {
    Operand a = site.in(0);
    Operand b = site.in(1);
    Operand y = site.out(0);
    long rows = y.shape().dim(0);
    long columns = y.shape().dim(1);
    long inner = a.shape().dim(op.transposeA() ? 0 : 1);
    Resources owner = site.owner();
    MemoryDesc left = Layouts.matrix(rows, inner, op.transposeA(), owner);
    MemoryDesc right = Layouts.matrix(inner, columns, op.transposeB(), owner);
    MemoryDesc result = Layouts.matrix(rows, columns, false, owner);
    MemoryDesc added = bias == null ? null : MemoryDesc.rowMajor(owner, 1, columns);
    MemoryDesc asked = site.isStable(b) ? MemoryDesc.any(owner, inner, columns) : right;
    PrimitiveDesc desc = desc(left, asked, added, result, Elementwise.functions(f), site);
    MemoryDesc wanted = desc.layout(dnnl_query_weights_md);
    List<Argument> arguments = new ArrayList<>();
    arguments.add(new Argument(DNNL_ARG_SRC, left, a.buffer()));
    arguments.add(new Argument(DNNL_ARG_WEIGHTS, wanted, site.inLayout(b, right, wanted)));
    if (bias != null) {
      arguments.add(new Argument(DNNL_ARG_BIAS, added, bias.buffer()));
    }
    arguments.add(new Argument(DNNL_ARG_DST, result, y.buffer()));
    site.primitive(desc, arguments.toArray(Argument[]::new));
    Elementwise.finish(f, y, site);
  }

  /** A product of matrices, or of stacks of them. */
  static PrimitiveDesc desc(
      MemoryDesc a,
      MemoryDesc b,
      MemoryDesc bias,
      MemoryDesc y,
      List<Eltwise> functions,
      Site site) {
    return PrimitiveDesc.create(
        site.owner(),
        "dnnl_matmul_primitive_desc_create",
        p ->
            dnnl_matmul_primitive_desc_create(
                p,
                site.engine(),
                a.handle(),
                b.handle(),
                bias == null ? null : bias.handle(),
                y.handle(),
                Attributes.followedBy(site.owner(), functions)));
  }
}
