// SPDX-License-Identifier: Apache-2.0
package io.convoy.contest;

/** What takes part. */
public interface Framework {
  /**
   * Returns the name.
   *
   * @return such as {@code djl-pytorch}
   */
  String name();

  /**
   * Returns what exactly ran; called when the net is built.
   *
   * @return library versions, in words
   */
  String versions();

  /**
   * Builds a net.
   *
   * @param net which
   * @param threads how many the framework may use
   * @return the net, ready, owned by the caller
   */
  Contestant enter(Net net, int threads);
}
