// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.device;

import java.util.List;

/**
 * cuBLAS' matrix product c = a b, all row-major.
 *
 * @param name what it is for
 * @param m rows of c
 * @param n columns of c
 * @param k columns of a, rows of b
 * @param transposeA whether a lies as {@code [k,m]}
 * @param transposeB whether b lies as {@code [n,k]}
 * @param a {@code [m,k]}
 * @param b {@code [k,n]}
 * @param c {@code [m,n]}, overwritten
 */
public record GemmStep(
    String name,
    int m,
    int n,
    int k,
    boolean transposeA,
    boolean transposeB,
    Buffer a,
    Buffer b,
    Buffer c)
    implements Step {
  @Override
  public List<Buffer> buffers() {
    return List.of(a, b, c);
  }

  @Override
  public String describe() {
    return name
        + ": cublas gemm [%d,%d,%d]".formatted(m, n, k)
        + (transposeA ? " A^T" : "")
        + (transposeB ? " B^T" : "");
  }
}
