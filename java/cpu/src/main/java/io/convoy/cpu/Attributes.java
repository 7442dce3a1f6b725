// SPDX-License-Identifier: Apache-2.0
package io.convoy.cpu;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.dnnl_post_ops_append_eltwise;
import static org.bytedeco.dnnl.global.dnnl.dnnl_post_ops_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_post_ops_destroy;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_attr_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_attr_destroy;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_attr_set_post_ops;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_attr_set_scales_mask;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_attr_set_scratchpad_mode;
import static org.bytedeco.dnnl.global.dnnl.dnnl_scratchpad_mode_user;

import io.convoy.backend.Resources;
import java.util.List;
import org.bytedeco.dnnl.dnnl_post_ops;
import org.bytedeco.dnnl.dnnl_primitive_attr;

/** Attributes of primitives: working memory is always the plan's, and functions may follow. */
final class Attributes {
  private Attributes() {}

  static dnnl_primitive_attr plain(Resources owner) {
    dnnl_primitive_attr made = new dnnl_primitive_attr();
    Dnnl.check(dnnl_primitive_attr_create(made), "dnnl_primitive_attr_create");
    owner.own(made, a -> Dnnl.check(dnnl_primitive_attr_destroy(a), "dnnl_primitive_attr_destroy"));
    Dnnl.check(
        dnnl_primitive_attr_set_scratchpad_mode(made, dnnl_scratchpad_mode_user),
        "dnnl_primitive_attr_set_scratchpad_mode");
    return made;
  }

  /** With a factor for the source at each position along the axes of a mask. */
  static dnnl_primitive_attr scaled(Resources owner, int mask) {
    dnnl_primitive_attr attributes = plain(owner);
    Dnnl.check(
        dnnl_primitive_attr_set_scales_mask(attributes, DNNL_ARG_SRC, mask),
        "dnnl_primitive_attr_set_scales_mask");
    return attributes;
  }

  /** With functions applied one after the other to the result before it is written. */
  static dnnl_primitive_attr followedBy(Resources owner, List<Eltwise> functions) {
    dnnl_primitive_attr attributes = plain(owner);
    dnnl_post_ops chain = new dnnl_post_ops();
    Dnnl.check(dnnl_post_ops_create(chain), "dnnl_post_ops_create");
    owner.own(chain, c -> Dnnl.check(dnnl_post_ops_destroy(c), "dnnl_post_ops_destroy"));
    for (Eltwise f : functions) {
      Dnnl.check(
          dnnl_post_ops_append_eltwise(chain, f.algorithm(), f.alpha(), f.beta()),
          "dnnl_post_ops_append_eltwise");
    }
    Dnnl.check(
        dnnl_primitive_attr_set_post_ops(attributes, chain), "dnnl_primitive_attr_set_post_ops");
    return attributes;
  }
}
