// SPDX-License-Identifier: Apache-2.0
package io.convoy.cpu;

import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_desc_destroy;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_desc_next_impl;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_desc_query;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_desc_query_md;
import static org.bytedeco.dnnl.global.dnnl.dnnl_query_impl_info_str;
import static org.bytedeco.dnnl.global.dnnl.dnnl_success;

import io.convoy.backend.Resources;
import java.util.function.ToIntFunction;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerPointer;

/**
 * A primitive that oneDNN has chosen an implementation and layouts for.
 *
 * @param handle oneDNN's descriptor
 */
record PrimitiveDesc(dnnl_primitive_desc handle) {
  /**
   * Makes one.
   *
   * @param call name of the C function, for messages
   * @param create calls it with the place for the result
   */
  static PrimitiveDesc create(
      Resources owner, String call, ToIntFunction<dnnl_primitive_desc> create) {
    dnnl_primitive_desc made = new dnnl_primitive_desc();
    Dnnl.check(create.applyAsInt(made), call);
    owner.own(made, p -> Dnnl.check(dnnl_primitive_desc_destroy(p), "dnnl_primitive_desc_destroy"));
    return new PrimitiveDesc(made);
  }

  /** The layout of an operand, {@code dnnl_query_*_md}. Of 0 bytes if there is none. */
  MemoryDesc layout(int query) {
    return new MemoryDesc(dnnl_primitive_desc_query_md(handle, query, 0));
  }

  /**
   * Goes on to the next implementation whose name lacks a word.
   *
   * @return false if oneDNN has no other; it then stays at the last
   */
  boolean skip(String word) {
    while (implementation().contains(word)) {
      if (dnnl_primitive_desc_next_impl(handle) != dnnl_success) {
        return false;
      }
    }
    return true;
  }

  /** oneDNN's name of the implementation. */
  String implementation() {
    try (PointerPointer<BytePointer> answer = new PointerPointer<>(1)) {
      Dnnl.check(
          dnnl_primitive_desc_query(handle, dnnl_query_impl_info_str, 0, answer),
          "dnnl_primitive_desc_query");
      return new BytePointer(answer.get(0)).getString();
    }
  }
}
