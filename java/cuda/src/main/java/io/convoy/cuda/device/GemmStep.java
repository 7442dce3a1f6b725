// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.device;

import io.convoy.compile.Precision;
import io.convoy.tensor.DType;
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
 * @param precision how: of it follows the type of a and b
 * @param result type of c: FLOAT32 or that of a and b
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
    Precision precision,
    DType result,
    Buffer a,
    Buffer b,
    Buffer c)
    implements Step {
  @Override
  public String kind() {
    return "cublas gemm";
  }

  @Override
  public List<Access> accesses() {
    return List.of(Access.read(a), Access.read(b), Access.write(c));
  }

  @Override
  public long flops() {
    return 2L * m * n * k;
  }

  @Override
  public String describe() {
    return name
        + ": "
        + kind()
        + Step.in(precision)
        + " [%d,%d,%d]".formatted(m, n, k)
        + (transposeA ? " A^T" : "")
        + (transposeB ? " B^T" : "")
        + (precision.storage().isPresent() ? " to " + result : "");
  }
}
