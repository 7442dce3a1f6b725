// SPDX-License-Identifier: Apache-2.0
package io.convoy.cpu;

import static org.bytedeco.dnnl.global.dnnl.dnnl_nChw16c;
import static org.bytedeco.dnnl.global.dnnl.dnnl_nChw8c;
import static org.bytedeco.dnnl.global.dnnl.dnnl_nchw;
import static org.bytedeco.dnnl.global.dnnl.dnnl_nhwc;

import io.convoy.backend.Resources;
import io.convoy.tensor.Shape;
import java.util.Arrays;
import java.util.Optional;

/**
 * How the elements of an image tensor [N,H,W,C] follow each other, in oneDNN's words: row-major,
 * one channel after the other, or channels in blocks of a vector's length, [N,C/16,H,W,16]. Every
 * tensor takes the same number of bytes in each of them.
 */
enum Format {
  NCHW(dnnl_nchw, 1),
  NHWC(dnnl_nhwc, 1),
  NCHW8C(dnnl_nChw8c, 8),
  NCHW16C(dnnl_nChw16c, 16);

  private final int tag;
  private final int block;

  Format(int tag, int block) {
    this.tag = tag;
    this.block = block;
  }

  /** [N,H,W,C] in this format, as dimensions (N,C,H,W). */
  MemoryDesc of(Shape nhwc, Resources owner) {
    return MemoryDesc.tagged(owner, tag, nhwc.dim(0), nhwc.dim(3), nhwc.dim(1), nhwc.dim(2));
  }

  /** The format of a layout that oneDNN has chosen; empty if it is none of these or has padding. */
  static Optional<Format> of(MemoryDesc chosen, Shape nhwc, Resources owner) {
    return Arrays.stream(values())
        .filter(f -> nhwc.dim(3) % f.block == 0 && f.of(nhwc, owner).sameAs(chosen))
        .findFirst();
  }

  boolean isBlocked() {
    return block > 1;
  }

  /** Whether a tensor's elements follow each other in the same way in both formats. */
  boolean isSame(Format other, Shape nhwc) {
    return this == other || isRowMajor(nhwc) && other.isRowMajor(nhwc);
  }

  private boolean isRowMajor(Shape nhwc) {
    return this == NHWC || nhwc.dim(3) == block;
  }
}
