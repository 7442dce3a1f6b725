// SPDX-License-Identifier: Apache-2.0
package io.convoy.cpu;

import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_desc_next_impl;

/**
 * Implementations of oneDNN 3.13.0 that compute wrong numbers for some shapes, found by comparing
 * random convolutions with the reference. Both need different strides along rows and columns; the
 * next implementation that oneDNN offers is right.
 */
final class KnownDefects {
  private KnownDefects() {}

  /**
   * Forward, one input channel, AVX-512: x [4,13,4,1] by w [2,3,1,16] with strides 1x2 is wrong in
   * all rows but the first.
   */
  static void avoidInForward(PrimitiveDesc desc, long channels, long[] strides) {
    if (channels == 1 && strides[0] != strides[1]) {
      skip(desc, "brg_conv_fwd");
    }
  }

  /** Filter gradient, 1x1 filter, AVX2: x [4,13,14,4] by w [1,1,4,16] with strides 1x2. */
  static void avoidInFilterGradient(PrimitiveDesc desc, long[] strides) {
    if (strides[0] != strides[1]) {
      skip(desc, "jit_1x1");
    }
  }

  private static void skip(PrimitiveDesc desc, String implementation) {
    while (desc.implementation().startsWith(implementation)) {
      Dnnl.check(dnnl_primitive_desc_next_impl(desc.handle()), "dnnl_primitive_desc_next_impl");
    }
  }
}
