// SPDX-License-Identifier: Apache-2.0
package io.convoy.cpu;

import io.convoy.backend.Resources;
import java.util.List;

/** One thing that a run does. */
interface Step {
  /** The memory that it reads or writes. */
  List<Buffer> buffers();

  /**
   * Makes everything that running needs, now that the buffers have places.
   *
   * @param owner owns what is made
   */
  void bind(Resources owner);

  /** Does it; allocates nothing. */
  void run();

  /** Name, implementation, shapes, layouts and bytes, for people. */
  String describe();
}
