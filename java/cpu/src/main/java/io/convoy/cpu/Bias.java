// SPDX-License-Identifier: Apache-2.0
package io.convoy.cpu;

import static org.bytedeco.dnnl.global.dnnl.dnnl_binary_add;

import io.convoy.ops.BiasAdd;
import io.convoy.ops.BiasAddGrad;

/** The vector that is added to the innermost axis, and its gradient. */
final class Bias {
  private Bias() {}

  static void add(BiasAdd op, Site site) {
    Operand x = site.in(0);
    Binaries.combine(dnnl_binary_add, x, site.in(1), site.outLike(0, x), site);
  }

  static void gradient(BiasAddGrad op, Site site) {
    sumRows(site.in(0), site.out(0), site);
  }

  /** db[c] = sum of dy[..., c]. */
  static void sumRows(Operand dy, Operand db, Site site) {
    int channels = dy.shape().dim(-1);
    int rows = Math.toIntExact(dy.elements() / channels);
    Reduction.sum(1, rows, channels, 1, dy, db, site);
  }
}
