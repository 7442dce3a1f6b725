// SPDX-License-Identifier: Apache-2.0
package io.convoy.cpu;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_WEIGHTS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SCRATCHPAD;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WORKSPACE;

import java.util.Map;

/**
 * An operand of a primitive.
 *
 * @param role {@code DNNL_ARG_*}
 * @param layout its layout
 * @param buffer its memory
 */
record Argument(int role, MemoryDesc layout, Buffer buffer) {
  private static final Map<Integer, String> NAMES =
      Map.of(
          DNNL_ARG_SRC, "src",
          DNNL_ARG_DST, "dst",
          DNNL_ARG_WEIGHTS, "weights",
          DNNL_ARG_BIAS, "bias",
          DNNL_ARG_DIFF_SRC, "diff_src",
          DNNL_ARG_DIFF_DST, "diff_dst",
          DNNL_ARG_DIFF_WEIGHTS, "diff_weights",
          DNNL_ARG_DIFF_BIAS, "diff_bias",
          DNNL_ARG_WORKSPACE, "workspace",
          DNNL_ARG_SCRATCHPAD, "scratchpad");

  String describe() {
    String name = NAMES.getOrDefault(role, "arg" + role);
    boolean opaque = role == DNNL_ARG_SCRATCHPAD || role == DNNL_ARG_WORKSPACE;
    return name + (opaque ? "" : " " + layout.describe()) + " " + layout.bytes() + " B";
  }
}
