// SPDX-License-Identifier: Apache-2.0
package io.convoy.cpu;

import static org.bytedeco.dnnl.global.dnnl.dnnl_f32;
import static org.bytedeco.dnnl.global.dnnl.dnnl_format_tag_any;
import static org.bytedeco.dnnl.global.dnnl.dnnl_memory_desc_create_submemory;
import static org.bytedeco.dnnl.global.dnnl.dnnl_memory_desc_create_with_strides;
import static org.bytedeco.dnnl.global.dnnl.dnnl_memory_desc_create_with_tag;
import static org.bytedeco.dnnl.global.dnnl.dnnl_memory_desc_destroy;
import static org.bytedeco.dnnl.global.dnnl.dnnl_memory_desc_equal;
import static org.bytedeco.dnnl.global.dnnl.dnnl_memory_desc_get_size;
import static org.bytedeco.dnnl.global.dnnl.dnnl_memory_desc_query;
import static org.bytedeco.dnnl.global.dnnl.dnnl_query_dims;
import static org.bytedeco.dnnl.global.dnnl.dnnl_query_inner_blks;
import static org.bytedeco.dnnl.global.dnnl.dnnl_query_inner_idxs;
import static org.bytedeco.dnnl.global.dnnl.dnnl_query_inner_nblks_s32;
import static org.bytedeco.dnnl.global.dnnl.dnnl_query_ndims_s32;
import static org.bytedeco.dnnl.global.dnnl.dnnl_query_strides;

import io.convoy.backend.Resources;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.PointerPointer;

/**
 * The logical dimensions of a FLOAT32 tensor in oneDNN's order (channels second) and where each
 * element lies.
 *
 * @param handle oneDNN's descriptor
 */
record MemoryDesc(dnnl_memory_desc handle) {
  /** Dense in the order that the strides tell, in elements. */
  static MemoryDesc strided(Resources owner, long[] dims, long[] strides) {
    dnnl_memory_desc made = new dnnl_memory_desc();
    Dnnl.check(
        dnnl_memory_desc_create_with_strides(made, dims.length, dims, dnnl_f32, strides),
        "dnnl_memory_desc_create_with_strides");
    return owned(owner, made);
  }

  /** The first dimension outermost. */
  static MemoryDesc rowMajor(Resources owner, long... dims) {
    long[] strides = new long[dims.length];
    long stride = 1;
    for (int i = dims.length - 1; i >= 0; i--) {
      strides[i] = stride;
      stride *= dims[i];
    }
    return strided(owner, dims, strides);
  }

  /** In whatever order suits the primitive best. */
  static MemoryDesc any(Resources owner, long... dims) {
    return tagged(owner, dnnl_format_tag_any, dims);
  }

  /** In an order that oneDNN has a name for. */
  static MemoryDesc tagged(Resources owner, int tag, long... dims) {
    dnnl_memory_desc made = new dnnl_memory_desc();
    Dnnl.check(
        dnnl_memory_desc_create_with_tag(made, dims.length, dims, dnnl_f32, tag),
        "dnnl_memory_desc_create_with_tag");
    return owned(owner, made);
  }

  /** A box in this tensor. */
  MemoryDesc box(Resources owner, long[] dims, long[] offsets) {
    dnnl_memory_desc made = new dnnl_memory_desc();
    Dnnl.check(
        dnnl_memory_desc_create_submemory(made, handle, dims, offsets),
        "dnnl_memory_desc_create_submemory");
    return owned(owner, made);
  }

  private static MemoryDesc owned(Resources owner, dnnl_memory_desc made) {
    owner.own(made, m -> Dnnl.check(dnnl_memory_desc_destroy(m), "dnnl_memory_desc_destroy"));
    return new MemoryDesc(made);
  }

  long bytes() {
    return dnnl_memory_desc_get_size(handle);
  }

  boolean sameAs(MemoryDesc other) {
    return dnnl_memory_desc_equal(handle, other.handle) != 0;
  }

  /** Dimensions and oneDNN's tag, such as {@code 128x32x26x26 acdb}: a is the batch, outermost. */
  String describe() {
    long[] dims = longs(dnnl_query_dims, integer(dnnl_query_ndims_s32));
    long[] strides = longs(dnnl_query_strides, dims.length);
    int blocks = integer(dnnl_query_inner_nblks_s32);
    long[] blockSizes = longs(dnnl_query_inner_blks, blocks);
    long[] blockAxes = longs(dnnl_query_inner_idxs, blocks);
    StringBuilder text = new StringBuilder();
    for (long dim : dims) {
      text.append(text.length() == 0 ? "" : "x").append(dim);
    }
    text.append(' ');
    IntStream.range(0, dims.length)
        .boxed()
        .sorted(Comparator.comparingLong(i -> -strides[i]))
        .forEach(
            i -> {
              boolean blocked = Arrays.stream(blockAxes).anyMatch(axis -> axis == i);
              text.append((char) ((blocked ? 'A' : 'a') + i));
            });
    for (int i = 0; i < blocks; i++) {
      text.append(blockSizes[i]).append((char) ('a' + blockAxes[i]));
    }
    return text.toString();
  }

  private int integer(int what) {
    try (IntPointer answer = new IntPointer(1)) {
      Dnnl.check(dnnl_memory_desc_query(handle, what, answer), "dnnl_memory_desc_query");
      return answer.get();
    }
  }

  private long[] longs(int what, int count) {
    long[] values = new long[count];
    if (count > 0) {
      try (PointerPointer<LongPointer> answer = new PointerPointer<>(1)) {
        Dnnl.check(dnnl_memory_desc_query(handle, what, answer), "dnnl_memory_desc_query");
        new LongPointer(answer.get(0)).get(values);
      }
    }
    return values;
  }
}
